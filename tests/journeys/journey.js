// A real browser goes through the chat page. Prints one JSON line a journey: {"name", "ok", "error"}.
// Run by test_chat_page.py. By hand: FRONTDOOR_URL=http://localhost:5005 node journey.js [part of a name]
'use strict'
const assert = require('node:assert/strict')
const { chromium } = require('playwright-core')
const axe = require('axe-core')

const BASE = process.env.FRONTDOOR_URL.replace(/\/$/, '')
const AWAY = 'https://www.bbc.co.uk/weather'
const ARGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync']
const PHONE = { width: 320, height: 640 }
const ENLARGED = { width: 320, height: 256 } // 1280 by 1024 at 400 %
const HELLO = [{ text: 'Hello from the stand-in.', buttons: [{ title: 'I am worried', payload: 'worried payload' }, { title: 'A question', payload: 'question payload' }] }]
const answers = messages => ({ json: messages })
const refuses = (status, message) => ({ status, json: { error: { code: 'no', message } } })

// ---- Helpers ----

/** A new browser context and page. `api` replaces answers of the server: {path: response or function}. */
async function visit (browser, { path = '/', api = {}, before, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  const page = await context.newPage()
  const seen = { requests: [], problems: [] }
  context.on('request', request => seen.requests.push(request))
  page.on('pageerror', error => seen.problems.push(String(error)))
  page.on('console', message => {
    if (/content security policy|trusted ?types|refused to/i.test(message.text())) seen.problems.push(message.text())
  })
  await context.route('https://www.bbc.co.uk/**', route => route.fulfill({ contentType: 'text/html', body: '<title>Weather</title><h1>Weather</h1>' }))
  for (const [name, response] of Object.entries(api)) {
    await context.route(`${BASE}/webhooks/website/${name}`, async route => {
      if (route.request().method() === 'DELETE') return route.fulfill({ status: 204 })
      const answer = typeof response === 'function' ? await response(JSON.parse(route.request().postData())) : response
      return answer === 'broken' ? route.abort() : route.fulfill(answer)
    })
  }
  if (before) await before(page, context)
  await page.goto(BASE + path)
  return { page, context, seen }
}

const session = (id = 'canned-1') => ({ status: 201, json: { session: id, greeting: HELLO } })
const ready = page => page.waitForFunction(() => document.querySelector('#send')?.getAttribute('aria-disabled') === 'false')
const lines = (page, list = 'messages') => page.$$eval(`#${list} > li`, items => items.map(item => item.innerText))
const box = page => page.inputValue('#box')

async function type (page, words) {
  await page.fill('#box', words)
  await page.press('#box', 'Enter')
  await ready(page)
}

async function left (page) {
  await page.waitForURL(AWAY)
  assert.equal(await page.title(), 'Weather')
}

/** What the visit left behind in this tab. */
async function nothingKept (page) {
  await page.goto(BASE + '/help')
  assert.deepEqual(await page.evaluate(() => [sessionStorage.length, localStorage.length, document.cookie]), [0, 0, ''])
}

async function axeFinds (page) {
  await page.evaluate(axe.source)
  const result = await page.evaluate(() => globalThis.axe.run(document, { rules: { 'target-size': { enabled: true } } }))
  assert.ok(result.passes.length > 20, 'axe ran')
  return result.violations.map(v => `${v.id}: ${v.nodes.map(node => node.html + ' ' + node.failureSummary).join(' | ')}`)
}

async function noSidewaysScroll (page) {
  const wide = await page.evaluate(() => ({
    page: document.documentElement.scrollWidth,
    out: [...document.querySelectorAll('body *')].filter(e => !e.closest('.skip') && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 80))
  }))
  assert.ok(wide.page <= 320, `the page is ${wide.page} wide`)
  assert.deepEqual(wide.out, [])
}

async function failureKeepsTheText (browser, webhook) {
  const { page } = await visit(browser, { api: { session: session(), webhook } })
  await ready(page)
  await type(page, 'my words\nand more')
  assert.equal(await box(page), 'my words\nand more')
  const shown = (await lines(page)).at(-1)
  const numbers = await page.$$eval('#numbers a.number', links => links.map(link => link.textContent))
  assert.ok(numbers.length >= 5)
  for (const number of numbers) assert.ok(shown.includes(number), shown)
  assert.match(shown, /still in the box/)
  await type(page, 'again')
  assert.equal(await page.locator('#messages .help-lines').count(), 1, 'help lines are not piled up')
}

async function emergency (browser) {
  const { page, context } = await visit(browser, { path: '/help' })
  const number = await page.locator('.danger a.number').first().textContent()
  await context.close()
  return number
}

// ---- Journeys ----

const journeys = {
  async 'a person chats and is answered' (browser) {
    const { page } = await visit(browser) // the server's own answers
    await ready(page)
    assert.ok((await lines(page)).length >= 1, 'a greeting')
    await page.type('#box', 'one')
    await page.press('#box', 'Shift+Enter')
    await page.type('#box', 'two')
    assert.equal(await box(page), 'one\ntwo')
    const before = (await lines(page)).length
    await page.press('#box', 'Enter')
    await ready(page)
    const after = await lines(page)
    assert.match(after[before], /^You\s+one\ntwo$/)
    assert.ok(after.length >= before + 2, 'an answer')
    assert.equal(await box(page), '')
    assert.deepEqual(await page.evaluate(() => [sessionStorage.length, localStorage.length]), [1, 0])
    assert.ok(!JSON.stringify(await page.evaluate(() => ({ ...sessionStorage }))).includes('two'))
  },

  async 'a quick reply sends its payload and shows its title' (browser) {
    const heard = []
    const webhook = body => { heard.push(body); return answers([{ text: 'Thank you.' }]) }
    const { page } = await visit(browser, { api: { session: session(), webhook } })
    await ready(page)
    assert.equal(await page.locator('#choices button').count(), 2)
    await page.click('text=I am worried')
    await ready(page)
    assert.deepEqual(heard, [{ session: 'canned-1', message: 'worried payload' }])
    assert.match((await lines(page)).at(-2), /^You\s+I am worried$/)
    assert.equal(await page.locator('#choices').isVisible(), false)
  },

  async 'words are shown as text and only known numbers and addresses become links' (browser) {
    const { page } = await visit(browser, { api: { session: session(), webhook: ({ message }) => answers([{ text: message }]) } })
    await ready(page)
    const known = await page.$eval('#chat', chat => JSON.parse(chat.dataset.numbers))
    const gateway = Object.keys(known).find(number => number.includes(' '))
    const inside = gateway.replace(/ /g, '') + '7'
    await type(page, `Call ${gateway}.\n<img src=x onerror=alert(1)> ${inside} (www.example.org/a), https://example.org/b?c=1.`)
    const links = await page.$$eval('#messages li:last-child a', all => all.map(a => [a.textContent, a.getAttribute('href'), a.rel]))
    assert.deepEqual(links, [[gateway, known[gateway], 'noreferrer'], ['www.example.org/a', 'https://www.example.org/a', 'noreferrer'],
      ['https://example.org/b?c=1', 'https://example.org/b?c=1', 'noreferrer']])
    assert.equal(await page.locator('#messages img').count(), 0)
    assert.match((await lines(page)).at(-1), /\n<img src=x/)
    assert.equal(await page.locator('#messages .you a').count(), 0)
  },

  async 'the leave button hides, forgets and goes' (browser) {
    let arrive
    const { page, seen } = await visit(browser, {
      api: { session: session(), webhook: answers(HELLO) },
      before: (page, context) => context.route(AWAY, async route => { // a slow network
        await new Promise(resolve => { arrive = resolve })
        await route.fulfill({ contentType: 'text/html', body: '<title>Weather</title>' })
      })
    })
    await ready(page)
    await type(page, 'something private')
    page.click('#leave', { noWaitAfter: true }).catch(() => {})
    await page.waitForFunction(() => document.body.innerText === '' && sessionStorage.length === 0)
    while (!arrive) await new Promise(resolve => setTimeout(resolve, 20))
    arrive()
    await left(page)
    const ended = seen.requests.filter(request => request.method() === 'DELETE')
    assert.deepEqual(ended.map(request => request.postDataJSON()), [{ session: 'canned-1' }])
    await page.goBack().catch(() => {})
    assert.ok(!page.url().startsWith(BASE), 'Back does not return to the chat')
    await nothingKept(page)
  },

  async 'after leaving the server has forgotten the chat' (browser) {
    const { page, context } = await visit(browser) // the server's own answers
    await ready(page)
    const id = await page.evaluate(() => Object.values(sessionStorage)[0])
    const history = () => context.request.post(BASE + '/webhooks/website/history', { data: { session: id } })
    assert.equal((await history()).status(), 200)
    await page.click('#leave')
    await left(page)
    for (let i = 0; i < 20 && (await history()).status() === 200; i++) await new Promise(resolve => setTimeout(resolve, 100))
    assert.equal((await history()).status(), 401)
  },

  async 'pressing Shift three times leaves, from anywhere' (browser) {
    for (const path of ['/', '/help']) {
      const { page, context } = await visit(browser, { path, api: { session: session() } })
      if (path === '/') { await ready(page); await page.focus('#box') }
      for (let i = 0; i < 3; i++) await page.keyboard.press('Shift')
      await left(page)
      await nothingKept(page)
      await context.close()
    }
  },

  async 'capital letters do not leave' (browser) {
    const { page } = await visit(browser, { api: { session: session() } })
    await ready(page)
    await page.focus('#box')
    for (const letter of 'HELP ME') await page.keyboard.press(letter === ' ' ? 'Space' : `Shift+${letter}`)
    assert.equal(await box(page), 'HELP ME')
    assert.equal(page.url(), BASE + '/')
  },

  async 'leaving from the help page ends the chat too' (browser) {
    const { page, seen } = await visit(browser, { api: { session: session() } })
    await ready(page)
    await page.click('#numbers a[href="/help"]')
    await page.waitForURL(BASE + '/help')
    await page.click('#leave')
    await left(page)
    assert.equal(seen.requests.filter(request => request.method() === 'DELETE').length, 1)
    await nothingKept(page)
  },

  async 'leaving works when the chat server is down' (browser) {
    const { page } = await visit(browser, { api: { session: 'broken', webhook: 'broken' } })
    await ready(page)
    await page.click('#leave')
    await left(page)
  },

  async 'leaving during a slow answer keeps nothing' (browser) {
    let answer
    const { page } = await visit(browser, { api: { session: () => new Promise(resolve => { answer = () => resolve(session('late')) }) } })
    while (!answer) await new Promise(resolve => setTimeout(resolve, 20))
    await page.click('#leave')
    answer()
    await left(page)
    await nothingKept(page)
  },

  async 'without script the numbers and leaving work' (browser) {
    for (const path of ['/', '/help']) {
      const { page, context } = await visit(browser, { path, javaScriptEnabled: false })
      assert.ok(await page.locator('.danger a.number').first().isVisible())
      assert.ok(await page.locator('a.number').count() > 4)
      if (path === '/') {
        assert.ok(await page.locator('#no-chat').isVisible())
        assert.equal(await page.locator('#box').isVisible(), false)
      }
      assert.ok(!(await page.textContent('body')).includes('Shift 3'), 'Shift is not promised')
      await page.keyboard.press('Tab')
      assert.equal(await page.locator('#leave:focus').count(), 1)
      await page.click('#leave')
      await left(page)
      await context.close()
    }
  },

  'no connection shows the help lines and keeps the text': browser => failureKeepsTheText(browser, 'broken'),
  'an empty answer shows the help lines and keeps the text': browser => failureKeepsTheText(browser, answers([])),
  'an answer that is no JSON shows the help lines and keeps the text': browser => failureKeepsTheText(browser, { status: 502, body: '<html>Bad gateway' }),

  async 'a silent server shows the help lines after eight seconds' (browser) {
    const { page } = await visit(browser, {
      before: page => page.clock.install(),
      api: { session: session(), webhook: () => new Promise(() => {}) }
    })
    await ready(page)
    await page.fill('#box', 'are you there')
    await page.press('#box', 'Enter')
    await page.clock.runFor(7500)
    assert.equal(await page.locator('.help-lines').count(), 0)
    assert.match(await page.innerText('#status'), /Writing/)
    await page.clock.runFor(1000)
    await page.waitForSelector('#messages .help-lines')
    assert.equal(await box(page), 'are you there')
  },

  async 'a chat that has ended starts again and keeps the text' (browser) {
    let sessions = 0
    const heard = []
    const { page } = await visit(browser, {
      api: {
        session: () => session('canned-' + ++sessions),
        webhook: body => { heard.push(body); return body.session === 'canned-1' ? refuses(401, 'This chat is over.') : answers([{ text: 'Here.' }]) }
      }
    })
    await ready(page)
    await type(page, 'keep me')
    assert.equal(await box(page), 'keep me')
    const shown = (await lines(page)).slice(-2).join(' ').replace(/\s+/g, ' ')
    assert.match(shown, /This chat is over\..*That chat has ended, so a new one has started\. Your words are still in the box\./)
    await page.press('#box', 'Enter')
    await ready(page)
    assert.deepEqual(heard.at(-1), { session: 'canned-2', message: 'keep me' })
    assert.match((await lines(page)).at(-1), /Here\./)
  },

  async 'a refusal shows the words of the server and keeps the text' (browser) {
    for (const status of [400, 413, 429, 503]) {
      const { page, context } = await visit(browser, { api: { session: session(), webhook: refuses(status, `Words of the server ${status}.`) } })
      await ready(page)
      await type(page, 'keep me')
      assert.match((await lines(page)).at(-2), new RegExp(`Words of the server ${status}\\.`))
      assert.equal(await page.locator('#messages .help-lines').count(), 1, 'no number in its words, so the help lines follow')
      assert.equal(await box(page), 'keep me')
      await context.close()
    }
  },

  async 'danger heard in a refused message comes first and stays' (browser) {
    let refused = true
    const number = await emergency(browser)
    const refusal = refuses(429, 'Too many messages.')
    refusal.json.messages = [{ text: `Call ${number} now.`, custom: { urgent: true } }, { text: 'Too many messages.' }, { text: 'Help lines.' }]
    const { page } = await visit(browser, { api: { session: session(), webhook: () => refused ? refusal : answers([{ text: 'Later.' }]) } })
    await ready(page)
    await type(page, 'one')
    const said = (await lines(page)).slice(1)
    assert.match(said[0], new RegExp(`Call ${number} now`))
    assert.equal(said.length, 3)
    assert.equal(await page.locator('#messages .help-lines').count(), 0, 'it gave a number, so no second list')
    await page.press('#box', 'Enter')
    await ready(page)
    assert.equal((await lines(page)).length, 4, 'said again, not piled up')
    refused = false
    await type(page, 'two')
    assert.match((await lines(page)).join(), new RegExp(`Call ${number} now`))
  },

  async 'when the chat cannot start the help lines are shown and it tries again' (browser) {
    let down = true
    const { page } = await visit(browser, { api: { session: () => down ? 'broken' : session(), webhook: answers([{ text: 'Here now.' }]) } })
    await ready(page)
    assert.equal(await page.locator('#messages .help-lines').count(), 1)
    down = false
    await type(page, 'hello')
    assert.match((await lines(page)).at(-1), /Here now/)
  },

  async 'one question is asked at a time' (browser) {
    let count = 0; let answer
    const { page } = await visit(browser, { api: { session: session(), webhook: () => { count++; return new Promise(resolve => { answer = () => resolve(answers([{ text: 'One.' }])) }) } } })
    await ready(page)
    await page.fill('#box', 'first')
    await page.press('#box', 'Enter')
    assert.match(await page.innerText('#status'), /Writing/)
    await page.fill('#box', 'second')
    await page.press('#box', 'Enter')
    await page.click('#send', { force: true })
    await page.click('#choices button >> nth=0', { force: true })
    assert.deepEqual(await page.$$eval('#send, #choices button', all => all.map(button => button.getAttribute('aria-disabled'))), ['true', 'true', 'true'])
    while (!answer) await new Promise(resolve => setTimeout(resolve, 20))
    answer()
    await ready(page)
    assert.equal(count, 1)
    assert.equal(await box(page), 'second', 'what was written meanwhile stays')
  },

  async 'an empty box says so' (browser) {
    const { page, seen } = await visit(browser, { api: { session: session() } })
    await ready(page)
    await page.press('#box', 'Enter')
    assert.match(await page.innerText('#status'), /box is empty/)
    assert.equal(seen.requests.filter(request => request.url().endsWith('/webhook')).length, 0)
  },

  async 'earlier messages come back without being announced' (browser) {
    const past = [{ from: 'bot', ...HELLO[0] }, { from: 'you', text: 'before' }, { from: 'bot', text: 'Answer before.', buttons: [{ title: 'Go on', payload: 'go on' }] }]
    const { page } = await visit(browser, { api: { session: session(), history: answers(past), webhook: answers([{ text: 'New.' }]) } })
    await ready(page)
    await page.addInitScript(() => { // what a screen reader is told
      globalThis.spoken = []
      addEventListener('DOMContentLoaded', () => {
        new MutationObserver(changes => changes.forEach(change => change.addedNodes.forEach(node => globalThis.spoken.push(node.textContent))))
          .observe(document.querySelector('#log'), { childList: true, subtree: true })
      })
    })
    await page.reload()
    await ready(page)
    assert.equal((await lines(page, 'earlier')).length, 3)
    assert.match((await lines(page, 'earlier'))[1], /^You\s+before$/)
    assert.deepEqual(await page.evaluate(() => globalThis.spoken), [])
    assert.equal(await page.$eval('#earlier', list => list.closest('[aria-live], [role=log], [role=status], [role=alert]')), null)
    assert.deepEqual(await page.$$eval('#choices button', all => all.map(b => b.textContent)), ['Go on'])
    await type(page, 'after')
    assert.deepEqual(await page.evaluate(() => globalThis.spoken), ['Youafter', 'ComputerNew.'], 'each message once')
  },

  async 'an ended chat is not redrawn' (browser) {
    const { page } = await visit(browser, { api: { session: session(), history: refuses(401, 'Over.') } })
    await ready(page)
    await page.reload()
    await ready(page)
    assert.match((await lines(page))[0], /earlier chat has ended/)
    assert.equal((await lines(page, 'earlier')).length, 0)
  },

  async 'the keyboard alone is enough' (browser) {
    const { page } = await visit(browser, { api: { session: session(), webhook: answers([{ text: 'Which?', buttons: [{ title: 'This', payload: 'this' }] }]) } })
    await ready(page)
    const order = []
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press('Tab')
      const focus = await page.evaluate(() => {
        const at = document.activeElement
        const style = getComputedStyle(at)
        const place = at.getBoundingClientRect()
        const bar = document.querySelector('.leave').getBoundingClientRect()
        return { name: at.id || at.textContent, outline: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2, clear: at.id === 'leave' || at.closest('.skip') !== null || place.top >= bar.bottom - 1, seen: place.bottom <= innerHeight }
      })
      if (focus.name === order[0]) break
      order.push(focus.name)
      assert.ok(focus.outline, `focus is visible on ${focus.name}`)
      assert.ok(focus.clear && focus.seen, `${focus.name} is not covered`)
      if (focus.name === 'send') break
    }
    assert.deepEqual(order.slice(0, 3), ['leave', 'Skip to the phone numbers', 'Skip to the chat'])
    assert.deepEqual(order.slice(-4), ['I am worried', 'A question', 'box', 'send'])
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.type('by hand')
    await page.keyboard.press('Enter')
    await ready(page)
    assert.equal(await page.evaluate(() => document.activeElement.id), 'box', 'the keyboard stays where it was')
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Enter') // chooses "This"
    await ready(page)
    assert.match((await lines(page)).at(-2), /^You\s+This$/)
    assert.equal(await page.evaluate(() => document.activeElement.id), 'choices', 'the next choices are one Tab away')
  },

  async 'the skip links go where they say' (browser) {
    const { page } = await visit(browser, { api: { session: session() } })
    await ready(page)
    await page.focus('.skip a >> nth=1')
    await page.keyboard.press('Enter')
    assert.equal(await page.evaluate(() => document.activeElement.id), 'chat')
  },

  async 'a narrow or enlarged page never scrolls sideways' (browser) {
    const long = 'a'.repeat(300) + '\n' + 'long words '.repeat(60)
    for (const viewport of [PHONE, ENLARGED]) {
      for (const path of ['/', '/help']) {
        const { page, context } = await visit(browser, {
          path, viewport, api: { session: session(), webhook: answers([{ text: long, buttons: [{ title: 'A choice with a title that goes on and on for longer than anybody expects', payload: 'x' }] }]) }
        })
        if (path === '/') { await ready(page); await type(page, long) }
        await noSidewaysScroll(page)
        const bar = await page.$eval('.leave', element => element.getBoundingClientRect().height)
        assert.ok(bar < viewport.height / 3, 'the leave bar leaves room')
        assert.ok(await page.locator('#leave').isVisible())
        assert.equal(Math.round(await page.$eval('.leave', element => element.getBoundingClientRect().top)), 0, 'and stays at the top')
        await context.close()
      }
    }
  },

  async 'the first words of a long answer are in view' (browser) {
    const { page } = await visit(browser, { viewport: { width: 360, height: 640 }, api: { session: session(), webhook: answers([{ text: 'FIRST words. ' + 'and more '.repeat(400) }]) } })
    await ready(page)
    await type(page, 'hello')
    const [top, bar] = await page.evaluate(() => [document.querySelector('#messages li:last-child').getBoundingClientRect().top, document.querySelector('.leave').getBoundingClientRect().bottom])
    assert.ok(top >= bar && top < 320, `the answer begins at ${top}`)
  },

  async 'everything to press is large enough' (browser) {
    for (const path of ['/', '/help']) {
      const { page, context } = await visit(browser, { path, viewport: PHONE, api: { session: session(), webhook: 'broken' } })
      if (path === '/') { await ready(page); await type(page, 'x') }
      const small = await page.$$eval('a, button, textarea', all => all.filter(e => e.checkVisibility())
        .map(e => [e.textContent, e.getBoundingClientRect()]).filter(([, r]) => r.height < 24 || r.width < 24).map(([text]) => text))
      assert.deepEqual(small, [])
      await context.close()
    }
  },

  async 'enforced colours keep the edges of buttons' (browser) {
    const { page } = await visit(browser, { forcedColors: 'active', api: { session: session() } })
    await ready(page)
    const borders = await page.$$eval('#leave, button, textarea', all => all.map(e => getComputedStyle(e).borderTopStyle + getComputedStyle(e).borderTopWidth))
    assert.ok(borders.every(border => !border.startsWith('none') && !border.endsWith(' 0px')), String(borders))
    assert.deepEqual(await axeFinds(page), [])
  },

  async 'axe finds nothing, in light and in dark' (browser) {
    for (const colorScheme of ['light', 'dark']) {
      for (const viewport of [{ width: 1280, height: 900 }, PHONE]) {
        for (const path of ['/', '/help']) {
          let broken = false
          const { page, context } = await visit(browser, { path, viewport, colorScheme, api: { session: session(), webhook: () => broken ? 'broken' : answers([{ text: 'See www.example.org', buttons: HELLO[0].buttons }]) } })
          if (path === '/') {
            await ready(page)
            assert.deepEqual(await axeFinds(page), [], `${path} at the start`)
            await type(page, 'hello')
            broken = true
            await type(page, 'again')
          }
          assert.deepEqual(await axeFinds(page), [], `${path} ${colorScheme} ${viewport.width}`)
          await context.close()
        }
      }
    }
  },

  async 'axe finds nothing while an answer is written' (browser) {
    for (const colorScheme of ['light', 'dark']) {
      const { page } = await visit(browser, { colorScheme, api: { session: session(), webhook: () => new Promise(() => {}) } })
      await ready(page)
      await page.fill('#box', 'hello')
      await page.press('#box', 'Enter')
      assert.deepEqual(await axeFinds(page), [])
    }
  }
}

async function main () {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ARGS })
  const only = process.argv[2] || ''
  for (const [name, walk] of Object.entries(journeys)) {
    if (!name.includes(only)) continue
    const visits = []
    const watched = {
      async newContext (options) { const context = await browser.newContext(options); visits.push(context); context.seen = []; context.on('request', r => context.seen.push(r.url())); context.on('weberror', e => context.seen.push(String(e.error()))); return context }
    }
    const started = Date.now()
    let error = null
    try {
      await Promise.race([walk(watched), new Promise((resolve, reject) => setTimeout(reject, 60_000, new Error('took over a minute')).unref())])
      // whatever the journey: nothing from elsewhere, nothing blocked, no script error
      const strange = visits.flatMap(context => context.seen).filter(url => !url.startsWith(BASE + '/') && url !== AWAY)
      assert.deepEqual(strange, [], 'requests to elsewhere, or script errors')
    } catch (caught) { error = String(caught.stack || caught) }
    await Promise.all(visits.map(context => context.close().catch(() => {})))
    console.log(JSON.stringify({ name, ok: error === null, seconds: (Date.now() - started) / 1000, error }))
  }
  await browser.close()
}

if (process.argv[2] === '--names') console.log(JSON.stringify(Object.keys(journeys)))
else main().then(() => process.exit(0), error => { console.error(error); process.exit(1) })
