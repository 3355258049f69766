// A real browser goes through the desk. Prints one JSON line a journey: {"name", "ok", "error"}.
// Run by test_desk_pages.py, which starts the desk, fills it and hands over links, in the environment.
'use strict'
const assert = require('node:assert/strict')
const { chromium } = require('playwright-core')
const axe = require('axe-core')
const fs = require('node:fs')

const BASE = process.env.DESK_URL.replace(/\/$/, '')
const GIVEN = JSON.parse(process.env.DESK_GIVEN) // {demonstration, welcome, arrive}
const SHOTS = process.env.DESK_SHOTS
const ARGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync']
const problems = []
let signedIn

async function visit (browser, { state, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, storageState: state, ...options })
  const page = await context.newPage()
  const hosts = new Set()
  context.on('request', request => hosts.add(new URL(request.url()).origin))
  page.on('pageerror', error => problems.push(String(error)))
  page.on('console', message => { if (/content security policy|refused to/i.test(message.text())) problems.push(message.text()) })
  return { page, context, hosts }
}

/** axe finds nothing, nothing sticks out at 320 pixels, every target is big enough; a picture for people to look at. */
async function isGood (page, name) {
  for (const [width, height] of [[1280, 900], [320, 640]]) {
    await page.setViewportSize({ width, height })
    if (SHOTS) await page.screenshot({ path: `${SHOTS}/desk-${name}-${width}.png`, fullPage: true })
    await page.evaluate(axe.source)
    const result = await page.evaluate(() => globalThis.axe.run(document, { rules: { 'target-size': { enabled: true } } }))
    assert.ok(result.passes.length > 15, 'axe ran')
    assert.deepEqual(result.violations.map(v => `${name} ${width} ${v.id}: ${v.nodes.map(n => n.html.slice(0, 200)).join(' | ')}`), [])
    const wide = await page.evaluate(() => document.documentElement.scrollWidth)
    assert.ok(wide <= width, `${name} is ${wide} wide at ${width}`)
  }
  await page.setViewportSize({ width: 1280, height: 900 })
}

const text = page => page.innerText('body')
const openFirst = async page => { await page.click('a.desk-reference >> nth=0'); await page.waitForURL(/contacts/) }

const journeys = {
  async 'a demonstration link leads in once, and every page is good' (browser) {
    const { page, context, hosts } = await visit(browser)
    await page.goto(BASE + '/')
    assert.match(page.url(), /sign-in$/)
    await isGood(page, 'sign-in')
    await page.goto(GIVEN.demonstration)
    await isGood(page, 'look-around')
    await page.click('main button')
    await page.waitForURL(BASE + '/')
    for (const [path, name] of [['/', 'inbox'], ['/?reference=nonsense', 'nothing-found'], ['/alarms', 'alarms'], ['/insight', 'insight'],
      ['/switch', 'switch'], ['/people', 'people'], ['/record', 'record'], ['/nothing', 'not-there']]) {
      await page.goto(BASE + path)
      await isGood(page, name)
    }
    signedIn = await context.storageState()
    await page.goto(GIVEN.demonstration)
    assert.match(await text(page), /used or is too old/)
    assert.deepEqual([...hosts], [new URL(BASE).origin], 'nothing from another host')
  },

  async 'somebody sets up password and code, and signs in with them' (browser) {
    const { page } = await visit(browser)
    await page.goto(GIVEN.welcome)
    await isGood(page, 'welcome')
    const key = (await page.textContent('.desk-key')).replaceAll(' ', '')
    await page.fill('#password', 'purple otter lamp')
    await page.fill('#again', 'purple otter lamp')
    await page.fill('#code', '000000')
    await page.click('text=Finish')
    assert.match(await text(page), /The code does not match/)
    await isGood(page, 'welcome-error')
    await page.fill('#password', 'purple otter lamp')
    await page.fill('#again', 'purple otter lamp')
    await page.fill('#code', await code(key))
    await page.click('text=Finish')
    await page.waitForURL(BASE + '/')
    await page.click('text=Sign out')
    await page.waitForURL(/sign-in/)
    await page.fill('#name', 'ade@example.org')
    await page.fill('#password', 'wrong')
    await page.fill('#code', '123456')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.govuk-error-summary')
    assert.match(await text(page), /That did not work/)
    await isGood(page, 'sign-in-error')
  },

  async 'a contact is opened, noted, given, decided and passed on with the keyboard alone' (browser) {
    const { page } = await visit(browser, { state: signedIn })
    await page.goto(BASE + '/')
    assert.match(await page.innerText('.desk-list tbody tr >> nth=0'), /A child is telling us themself[\s\S]*may not be safe tonight/)
    await page.focus('a.desk-reference >> nth=0')
    await page.keyboard.press('Enter')
    await page.waitForURL(/contacts/)
    assert.match(await text(page), /<b>bold<\/b> words/)
    await isGood(page, 'contact')
    await page.focus('#text')
    await page.keyboard.type('Rang the school.')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.waitForURL(/done=note/)
    await page.focus('text=Write down the decision')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.govuk-error-summary')
    assert.equal(await page.evaluate(() => document.activeElement.className), 'govuk-error-summary', 'the error is spoken first')
    await isGood(page, 'contact-error')
    await page.focus('#decision-3')
    await page.keyboard.press('Space')
    await page.focus('text=Write down the decision')
    await page.keyboard.press('Enter')
    await page.waitForURL(/done=acknowledge/)
    await page.fill('#passed_as', 'LL 4471')
    await page.keyboard.press('Enter')
    await page.waitForURL(/done=pass/)
    assert.match(await text(page), /In the case system as LL 4471/)
    await isGood(page, 'contact-passed')
    await page.click('text=Print')
    await page.waitForSelector('.away')
    await isGood(page, 'print')
  },

  async 'two people at once: the second is told, and keeps what was chosen' (browser) {
    const [one, two] = [await visit(browser, { state: signedIn }), await visit(browser, { state: signedIn })]
    await one.page.goto(BASE + '/?state=delivered')
    await openFirst(one.page)
    await two.page.goto(one.page.url())
    await one.page.check('#decision-4')
    await one.page.click('text=Write down the decision')
    await one.page.waitForURL(/done=acknowledge/)
    await two.page.check('#decision')
    await two.page.click('text=Write down the decision')
    await two.page.waitForSelector('.govuk-error-summary')
    assert.match(await text(two.page), /Somebody else changed this contact/)
    assert.ok(await two.page.isChecked('#decision'))
    await isGood(two.page, 'contact-changed')
  },

  async 'the count grows without loading the page' (browser) {
    const { page } = await visit(browser, { state: signedIn })
    await page.goto(BASE + '/')
    const before = Number(await page.getAttribute('#live', 'data-unopened'))
    fs.writeFileSync(GIVEN.arrive, 'now')
    await page.waitForFunction(many => document.getElementById('live').innerText.includes(`${many} not opened`), before + 1, { timeout: 40_000 })
    assert.ok(await page.isVisible('#live-new'))
    assert.match(await page.title(), new RegExp(`^\\(${before + 1}\\)`))
  },

  async 'it works without script' (browser) {
    const { page } = await visit(browser, { state: signedIn, javaScriptEnabled: false })
    await page.goto(BASE + '/?state=delivered')
    await openFirst(page)
    await page.fill('#text', 'Without script.')
    await page.click('text=Save the note')
    assert.match(await text(page), /Without script\./)
  },

  async 'a manager holds a contact, ends the hold, and erases it: only when it was decided about, with its reference and a reason' (browser) {
    const { page } = await visit(browser, { state: signedIn })
    await page.goto(BASE + '/?state=delivered')
    await openFirst(page)
    const contact = page.url()
    const reference = (await text(page)).match(/[A-Z0-9]{4}-[A-Z0-9]{4}/)[0]
    const worry = (await text(page)).match(/Worry \d+/)[0]
    await page.click('text=Erase it, or put it on legal hold')
    await page.waitForURL(/erase$/)
    assert.match(await text(page), /Nothing has been decided[\s\S]*cannot be erased yet/)
    assert.doesNotMatch(await text(page), /Worry \d/, 'what was said is not opened here')
    await isGood(page, 'erase-undecided')
    await page.click('#hold button')
    await page.waitForSelector('.govuk-error-message')
    await isGood(page, 'erase-hold-error')
    await page.fill('#why-hold', 'The family court asked for it.')
    await page.click('#hold button')
    await page.waitForSelector('text=On legal hold since')
    await isGood(page, 'erase-held')
    await page.fill('#why-release', 'The court has ended its case.')
    await page.click('#release button')
    await page.waitForSelector('#hold')
    await page.goto(contact)
    await page.check('#decision')
    await page.click('text=Write down the decision')
    await page.waitForURL(/done=acknowledge/)
    await page.click('text=Erase it, or put it on legal hold')
    await page.waitForSelector('#erase')
    await isGood(page, 'erase')
    await page.fill('#why-erase', 'It was sent to us twice by mistake.')
    await page.fill('#reference', 'CCCC-CCCC')
    await page.click('#erase button')
    await page.waitForSelector('.govuk-error-message')
    assert.match(await text(page), /Type the reference of this contact/)
    assert.equal(await page.inputValue('#why-erase'), 'It was sent to us twice by mistake.')
    assert.equal(await page.evaluate(() => document.activeElement.className), 'govuk-error-summary', 'the error is spoken first')
    assert.ok(await page.evaluate(() => document.querySelector('#reference').getAttribute('aria-describedby')), 'the error stands at its own field')
    await isGood(page, 'erase-error')
    await page.fill('#reference', reference.toLowerCase().replace('-', ' '))
    await page.click('#erase button')
    await page.waitForSelector(`text=Contact ${reference} was erased`)
    assert.doesNotMatch(await text(page), new RegExp(worry))
    assert.match(await text(page), /It was sent to us twice by mistake/)
    await isGood(page, 'erased')
    await page.goto(`${BASE}/?reference=${reference}`)
    assert.match(await page.innerText('.desk-list tbody'), /Erased/)
    await isGood(page, 'erased-in-the-inbox')
  },

  async 'nothing broke and no policy was hurt on the way' () {
    assert.deepEqual(problems, [])
  }
}

/** The one-time code of a key now, as an authenticator app makes it. */
async function code (key) {
  const { createHmac } = require('node:crypto')
  const bits = [...key].map(c => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('')
  const bytes = Buffer.from(bits.match(/.{8}/g).map(b => parseInt(b, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
  const digest = createHmac('sha1', bytes).update(counter).digest()
  const at = digest[19] & 15
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

async function main () {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ARGS })
  for (const [name, journey] of Object.entries(journeys)) {
    try {
      await journey(browser)
      console.log(JSON.stringify({ name, ok: true }))
    } catch (error) {
      console.log(JSON.stringify({ name, ok: false, error: String(error.stack || error).slice(0, 3000) }))
    }
  }
  await browser.close()
}

main()
