// Young people in the wording lab, on a phone. Prints one JSON line a journey: {"name", "ok", "error"}.
'use strict'
const assert = require('node:assert/strict')
const { chromium } = require('playwright-core')
const axe = require('axe-core')

const BASE = process.env.DESK_URL
const { code, demonstration, emergency } = JSON.parse(process.env.DESK_GIVEN)
const SHOTS = process.env.DESK_SHOTS
const problems = []

async function visit (browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 390, height: 780 }, hasTouch: true, ...options })
  const page = await context.newPage()
  page.on('pageerror', error => problems.push(String(error)))
  page.on('console', message => { if (/content security policy|refused to/i.test(message.text())) problems.push(message.text()) })
  return { page, context }
}

async function enter (page) {
  await page.goto(BASE + '/lab')
  await page.fill('#code', code.toLowerCase())
  await page.click('text=Go in')
  await page.waitForURL(/lab\/walk/)
}

async function isGood (page, name) {
  for (const [width, height] of [[390, 780], [320, 640]]) {
    await page.setViewportSize({ width, height })
    if (SHOTS) await page.screenshot({ path: `${SHOTS}/lab-${name}-${width}.png`, fullPage: true })
    await page.evaluate(() => scrollTo(0, 0)) // what is under the bar that stays is no target there
    await page.evaluate(axe.source)
    const result = await page.evaluate(() => globalThis.axe.run(document, { rules: { 'target-size': { enabled: true } } }))
    assert.ok(result.passes.length > 12, 'axe ran')
    assert.deepEqual(result.violations.map(v => `${name} ${width} ${v.id}: ${v.nodes.map(n => n.html.slice(0, 200)).join(' | ')}`), [])
    const wide = await page.evaluate(() => document.documentElement.scrollWidth)
    assert.ok(wide <= width, `${name} is ${wide} wide at ${width}`)
  }
  await page.setViewportSize({ width: 390, height: 780 })
}

const status = (page, words) => page.waitForFunction(w => document.getElementById('state').textContent.includes(w), words)
const heading = page => page.innerText('h1')

const journeys = {
  async 'somebody enters with the code and goes through a walk' (browser) {
    const { page } = await visit(browser)
    await page.goto(BASE + '/lab')
    await isGood(page, 'enter')
    await page.fill('#code', 'ZZZZZZ')
    await page.click('text=Go in')
    assert.match(await page.innerText('main'), /does not open a meeting/)
    await isGood(page, 'enter-wrong')
    await enter(page)
    await isGood(page, 'start')
    await page.click('text=Saying hello')
    await page.click('.says button >> nth=2')
    assert.equal(await page.getAttribute('.says button >> nth=2', 'aria-pressed'), 'true')
    await page.click('text="Not clear"')
    await page.click('text="Bossy"')
    await page.fill('textarea', 'Hi. What do you need?')
    await page.click('text="Send"')
    await status(page, 'Sent')
    await isGood(page, 'message')
    for (let n = 0; n < 20 && !/end of this walk/.test(await heading(page)); n++) {
      assert.ok(await page.isVisible('.leave'), 'leaving is always there')
      if (/What would you do|Ten Wishes|month/.test(await heading(page))) await isGood(page, `screen-${n}`)
      await page.click('text="Next"')
    }
    await isGood(page, 'end')
    await page.click('main >> text=You said, we did')
    await page.waitForURL(/did/)
    await isGood(page, 'did')
    await page.click('.leave')
    await page.waitForURL(/left/)
    await isGood(page, 'left')
    assert.equal((await page.context().cookies()).filter(c => c.name === 'lab').length, 0)
    await page.goto(BASE + '/lab/walk')
    assert.match(page.url(), /lab$/)
  },

  async 'the keyboard alone is enough, and going back shows what was tapped' (browser) {
    const { page } = await visit(browser)
    await enter(page)
    await page.focus('text=Saying hello')
    await page.keyboard.press('Enter')
    await page.focus('text="Clear"')
    await page.keyboard.press('Space')
    await page.focus('text="Next"')
    await page.keyboard.press('Enter')
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1')
    await page.click('text="Back"')
    assert.equal(await page.getAttribute('button:text-is("Clear")', 'aria-pressed'), 'true')
  },

  async 'answers wait for the connection, survive a reload, and words typed are in no storage' (browser) {
    const { page, context } = await visit(browser)
    await enter(page)
    await page.click('text=Saying hello')
    await context.setOffline(true)
    await page.click('text="Clear"')
    await page.fill('textarea', 'zebra 4471')
    await page.click('text="Send"')
    await status(page, 'offline')
    await isGood(page, 'offline')
    const kept = await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]))
    assert.match(kept, /clear/)
    assert.doesNotMatch(kept, /zebra/)
    await context.setOffline(false)
    await status(page, 'Sent')
    assert.equal(await page.evaluate(() => sessionStorage.getItem('lab-taps')), '[]')
  },

  async 'words about danger bring the help lines first' (browser) {
    const { page } = await visit(browser)
    await enter(page)
    await page.click('text=Saying hello')
    await page.fill('textarea', 'my dad is hitting me right now')
    await page.click('text="Send"')
    await page.waitForFunction(number => document.getElementById('help').textContent.includes(number), emergency)
    await isGood(page, 'help')
    await page.click('.leave')
    await page.waitForURL(/left/)
    assert.equal(await page.evaluate(() => sessionStorage.length), 0)
  },

  async 'forced colours keep what is chosen visible' (browser) {
    const { page } = await visit(browser, { forcedColors: 'active' })
    await enter(page)
    await page.click('text=Saying hello')
    await page.click('text="Clear"')
    const [on, off] = await page.$$eval('fieldset >> nth=0 >> button', all => all.map(b => getComputedStyle(b).backgroundColor)).catch(() => page.$$eval('fieldset button', all => all.slice(0, 2).map(b => getComputedStyle(b).backgroundColor)))
    assert.notEqual(on, off)
    await isGood(page, 'forced')
  },

  async 'a walk can be left in the middle, and what was tapped stays' (browser) {
    const { page } = await visit(browser)
    await enter(page)
    await page.click('text=Saying hello')
    await page.click('text="Not clear"')
    await page.click('text="Next"')
    await page.click('text="All walks"')
    assert.match(await heading(page), /what we ask/)
    await page.click('text=Saying hello')
    assert.equal(await page.getAttribute('button:text-is("Not clear")', 'aria-pressed'), 'true')
  },

  async 'a worker makes a walk, and the pages at the desk are good' (browser) {
    const { page } = await visit(browser)
    await page.goto(demonstration)
    await page.click('main button')
    await page.waitForURL(BASE + '/')
    await page.goto(BASE + '/wording')
    await page.fill('#title', 'When a friend is sad')
    await page.click('text=Make it')
    await page.waitForURL(/walks/)
    await isGood(page, 'desk-walk-empty')
    await page.fill('#you', 'my friend is sad')
    await page.click('text=Hear the answer')
    assert.match(await page.innerText('.govuk-error-summary'), /chat does not answer/)
    assert.equal(await page.inputValue('#you'), 'my friend is sad')
    await isGood(page, 'desk-walk-silent')
    await page.fill('#find', 'are_you_real real person')
    await page.click('button:text-is("Find")')
    await isGood(page, 'desk-walk-found')
    await page.click('text=Add this message >> nth=0')
    for (const [name, text] of [['asks_0', 'Who would you ring?'], ['answer_0_0', emergency], ['answer_0_1', 'A shop'], ['asks_1', 'Who answers you?'],
      ['answer_1_0', 'A computer'], ['answer_1_1', 'A teacher']]) await page.fill('#' + name, text)
    await page.click('text=Save the questions')
    await isGood(page, 'desk-walk-draft')
    await page.click('text=Use it in meetings')
    await isGood(page, 'desk-walk-used')
    await page.goto(BASE + '/wording')
    await page.check('text=When a friend is sad')
    await page.click('text=Begin and show the code')
    const code = await page.innerText('#code')
    const { page: young } = await visit(browser)
    await young.goto(BASE + '/lab')
    await young.fill('#code', code)
    await young.click('text=Go in')
    await young.click('text=When a friend is sad')
    assert.match(await young.innerText('.says'), /real person/)
    await isGood(young, 'own-walk')
    await page.goto(BASE + '/wording')
    await isGood(page, 'desk-home')
    await page.click('table a')
    await isGood(page, 'desk-suggestion')
    await page.goto(BASE + '/wording/flagged')
    await isGood(page, 'desk-flagged')
    await page.goto(BASE + '/wording')
    await page.click('h2:text-is("Meetings") + ul a')
    await isGood(page, 'desk-meeting')
  }
}

async function main () {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'] })
  for (const [name, walk] of Object.entries(journeys)) {
    problems.length = 0
    let error = ''
    try {
      await walk(browser)
      assert.deepEqual(problems, [])
    } catch (wrong) { error = String(wrong.stack || wrong) }
    console.log(JSON.stringify({ name, ok: !error, error }))
  }
  await browser.close()
}

main().catch(error => { console.error(error); process.exit(1) })
