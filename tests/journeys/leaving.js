// Leaving, in each of its ways: at once, with nothing kept, and not to be undone with Back.
'use strict'
const { assert, BASE, AWAY, HELLO, answers, session, visit, chatting, stopTheClock, open, say, box, away, nothingKept, asleep } = require('./lib')

const slowAway = arrived => (page, context) => context.route(AWAY, async route => {
  await new Promise(resolve => { arrived.go = resolve })
  await route.fulfill({ contentType: 'text/html', body: '<title>Weather</title>' })
})

async function forgotten (context, id) {
  const history = () => context.request.post(BASE + '/webhooks/website/history', { data: { session: id } })
  for (let i = 0; i < 30 && (await history()).status() === 200; i++) await asleep(100)
  assert.equal((await history()).status(), 401)
}

module.exports = {
  async 'Leave now in the panel covers, forgets and goes' (browser) {
    const arrived = {}
    const { page, ended } = await chatting(browser, { api: { session: session(), webhook: answers(HELLO) }, before: slowAway(arrived) })
    await say(page, 'something private')
    page.click('.panel .leave', { noWaitAfter: true }).catch(() => {})
    await page.waitForFunction(() => document.body.innerText === 'Leaving this page' && document.title === 'Information and advice' && sessionStorage.length === 0 && !document.querySelector('frontdoor-chat'))
    while (!arrived.go) await asleep(20)
    arrived.go()
    await away(page)
    assert.deepEqual(ended, [{ session: 'canned-1' }])
    await page.goBack().catch(() => {})
    assert.ok(!page.url().startsWith(BASE), 'Back does not return to the chat')
    await nothingKept(page)
  },

  async 'the plain link beside the script leaves, with the chat open or closed, and ends it on the server' (browser) {
    for (const path of ['/', '/help']) {
      const { page, context } = await chatting(browser)
      const id = await page.evaluate(() => Object.values(sessionStorage)[0])
      if (path === '/help') await page.goto(BASE + path)
      await page.click('a[data-frontdoor-leave]')
      await away(page)
      await forgotten(context, id)
      await nothingKept(page)
      await context.close()
    }
  },

  async 'pressing Shift three times leaves, from anywhere' (browser) {
    for (const path of ['/', '/help', '/accessibility', '/help/chat']) {
      const { page, context } = await visit(browser, { path, api: { session: session() } })
      if (path === '/') { await open(page); await page.focus('#box') }
      for (let i = 0; i < 3; i++) await page.keyboard.press('Shift')
      await away(page)
      await nothingKept(page)
      await context.close()
    }
  },

  async 'each Shift says how many are left, and a pause starts again' (browser) {
    const { page } = await chatting(browser, { before: page => page.clock.install(), api: { session: session() } })
    const told = () => page.textContent('.all > .apart')
    await stopTheClock(page)
    await page.keyboard.press('Shift')
    assert.match(await told(), /2 more times/)
    await page.keyboard.press('Shift')
    assert.match(await told(), /once more/)
    await page.clock.runFor(5100)
    assert.match(await told(), /still here/)
    await page.keyboard.press('Shift')
    assert.match(await told(), /2 more times/)
    assert.equal(page.url(), BASE + '/')
  },

  async 'capital letters do not leave' (browser) {
    const { page } = await chatting(browser, { api: { session: session() } })
    await page.focus('#box')
    for (const letter of 'HELP ME NOW') await page.keyboard.press(letter === ' ' ? 'Space' : `Shift+${letter}`)
    assert.equal(await box(page), 'HELP ME NOW')
    assert.equal(await page.textContent('.all > .apart'), '', 'nor is anything announced')
    assert.equal(page.url(), BASE + '/')
  },

  async 'leaving works when the server is down' (browser) {
    const { page } = await visit(browser, { api: { session: 'broken', webhook: 'broken' } })
    await page.click('.launcher')
    await page.waitForSelector('.trouble')
    await page.click('.panel .leave')
    await away(page)
  },

  async 'leaving during a slow answer keeps nothing' (browser) {
    let answer
    const { page } = await visit(browser, { api: { session: () => new Promise(resolve => { answer = () => resolve(session('late')) }) } })
    await page.click('.launcher')
    while (!answer) await asleep(20)
    await page.click('.panel .leave')
    answer()
    await away(page)
    await nothingKept(page)
  },

  async 'the link works before the script has loaded, and without any' (browser) {
    const { page, context } = await visit(browser, { before: (page, context) => context.route('**/widget.js', route => route.abort()) })
    await page.keyboard.press('Tab')
    assert.equal(await page.locator('a[data-frontdoor-leave]:focus').count(), 1, 'it is the first thing on the page')
    await page.keyboard.press('Enter')
    await away(page)
    await context.close()
    const plain = await visit(browser, { javaScriptEnabled: false })
    assert.ok(!(await plain.page.textContent('body')).includes('Shift'), 'Shift is promised only by the script')
    await plain.page.click('a[data-frontdoor-leave]')
    await away(plain.page)
  },

  async 'Back to a page from before does not show a chat that was left' (browser) {
    const { page } = await chatting(browser, { before: (page, context) => context.route(BASE + '/', async route => {
      const answer = await route.fetch() // as another site may send it: a page that the browser may keep whole
      await route.fulfill({ response: answer, headers: { ...answer.headers(), 'cache-control': 'max-age=60' } })
    }) })
    await say(page, 'something private')
    await page.goto(BASE + '/help')
    await page.click('a[data-frontdoor-leave]')
    await away(page)
    await page.goBack()
    assert.equal(page.url(), BASE + '/')
    await page.waitForSelector('.launcher')
    assert.ok(!(await page.evaluate(() => document.querySelector('frontdoor-chat').shadowRoot.textContent)).includes('something private'))
    assert.equal(await page.evaluate(() => sessionStorage.length), 0)
  },

  async 'a page that the browser kept whole comes back closed and empty; the server redraws a chat that was not left' (browser) {
    let lives = true
    const past = [{ from: 'you', text: 'something private' }, { from: 'bot', text: 'Here.' }]
    const history = () => lives ? answers(past) : { status: 401, json: { error: { code: 'gone', message: 'Over.' } } }
    const { page } = await chatting(browser, { api: { session: session(), webhook: answers([{ text: 'Here.' }]), history } })
    await say(page, 'something private')
    const words = () => page.evaluate(() => document.querySelector('frontdoor-chat').shadowRoot.textContent)
    const event = name => page.evaluate(name => dispatchEvent(new PageTransitionEvent(name, { persisted: true })), name)
    await event('pagehide')
    assert.equal(await page.isVisible('.panel'), false, 'nothing to see while the page is put away')
    await event('pageshow')
    assert.ok(!(await words()).includes('something private'))
    assert.equal(await page.isVisible('.panel'), false)
    await open(page)
    assert.match(await words(), /something private/, 'it was not left')
    await event('pagehide')
    lives = false // left on another page of this tab; Firefox gives this page its old storage back all the same
    await event('pageshow')
    assert.ok(!(await words()).includes('something private'))
    await open(page)
    assert.ok(!(await words()).includes('something private'))
  },

  async 'it is explained once, with what stays' (browser) {
    const { page } = await chatting(browser, { api: { session: session(), webhook: answers(HELLO) } })
    await say(page, 'x')
    const words = await page.innerText('.scroll')
    assert.equal(words.match(/history will still show/g).length, 1)
    assert.match(words, /Shift 3 times/)
  }
}
