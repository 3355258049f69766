// What the journeys share: a visitor with a real browser, and the questions that are asked of every page.
'use strict'
const assert = require('node:assert/strict')
const axe = require('axe-core')

const BASE = (process.env.FRONTDOOR_URL || 'http://localhost:5005').replace(/\/$/, '')
const AWAY = 'https://www.bbc.co.uk/weather'
const DESK = { width: 1280, height: 900 }
const PHONE = { width: 390, height: 780 }
const SMALL = { width: 320, height: 640 }
const ENLARGED = { width: 320, height: 256 } // 1280 by 1024 at 400 %
const HELLO = [{ text: 'Hello from the stand-in.', buttons: [{ title: 'I am worried', payload: 'worried payload' }, { title: 'A question', payload: 'question payload' }] }]
const answers = messages => ({ json: messages })
const refuses = (status, message, messages) => ({ status, json: { error: { code: 'no', message }, messages } })
const session = (id = 'canned-1') => ({ status: 201, json: { session: id, greeting: HELLO } })
const never = () => new Promise(() => {})
const asleep = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds))

/** A new browser context and page. `api` replaces answers of the server: {path: response or function}. */
async function visit (browser, { path = '/', base = BASE, api = {}, before, ...options } = {}) {
  const context = await browser.newContext({ viewport: DESK, ...options })
  const page = await context.newPage()
  const requests = []
  context.on('request', request => requests.push(request))
  await context.route('https://www.bbc.co.uk/**', route => route.fulfill({ contentType: 'text/html', body: '<title>Weather</title><h1>Weather</h1>' }))
  const ended = []
  for (const [name, response] of Object.entries(api)) {
    await context.route(`${BASE}/webhooks/website/${name}`, async route => {
      if (route.request().method() === 'DELETE') { ended.push(route.request().postDataJSON()); return route.fulfill({ status: 204 }) }
      const answer = typeof response === 'function' ? await response(route.request().postDataJSON()) : response
      return answer === 'broken' ? route.abort() : route.fulfill(answer)
    })
  }
  if (before) await before(page, context)
  await page.goto(base + path)
  return { page, context, requests, ended }
}

/** Stops the clock of the page, so that only `runFor` moves it however slow the machine is. */
async function stopTheClock (page) {
  const soon = await page.evaluate(() => Date.now()) + 60_000
  await page.clock.pauseAt(soon)
}

/** The same as a visit, with the chat opened. */
async function chatting (browser, options = {}) {
  const visited = await visit(browser, options)
  await open(visited.page)
  return visited
}

async function open (page) {
  await page.click('.launcher')
  await ready(page)
}

const ready = page => page.waitForSelector('.send[aria-disabled="false"]')
const said = page => page.$$eval('.log .turn', items => items.map(item => item.innerText.trim()))
const before = page => page.$$eval('.scroll > .turns .turn', items => items.map(item => item.innerText.trim()))
const last = async page => (await said(page)).at(-1)
const box = page => page.inputValue('#box')
const choices = page => page.$$eval('.choices button', all => all.map(button => button.textContent))
const focused = page => page.evaluate(() => {
  let at = document.activeElement
  while (at.shadowRoot && at.shadowRoot.activeElement) at = at.shadowRoot.activeElement
  return at.id || at.className || at.textContent.trim() || at.tagName
})

/** Type words and send them. */
async function say (page, words, { wait = true } = {}) {
  await page.fill('#box', words)
  await page.click('.send')
  if (wait) await answered(page)
}

async function choose (page, title) {
  await page.click(`.choices button:text-is("${title}")`)
  await answered(page)
}

async function answered (page) {
  await page.waitForFunction(() => {
    const root = document.querySelector('frontdoor-chat').shadowRoot
    return root.querySelector('.send').getAttribute('aria-disabled') === 'false' && !root.querySelector('.log .turn:last-child')?.matches('.you')
  })
}

async function away (page) {
  await page.waitForURL(AWAY)
  assert.equal(await page.title(), 'Weather')
}

/** Nothing is left in this tab's storage, nor a cookie. */
async function nothingKept (page, base = BASE) {
  await page.goto(base + '/help')
  assert.deepEqual(await page.evaluate(() => [sessionStorage.length, localStorage.length, document.cookie]), [0, 0, ''])
}

async function axeFinds (page) {
  await page.evaluate(axe.source)
  const result = await page.evaluate(() => globalThis.axe.run(document, { rules: { 'target-size': { enabled: true } } }))
  assert.ok(result.passes.length > 15, 'axe ran')
  return result.violations.map(v => `${v.id}: ${v.nodes.map(node => node.html + ' ' + node.failureSummary).join(' | ')}`)
}

async function axeFindsNothing (page, where = '') {
  assert.deepEqual(await axeFinds(page), [], where)
}

/** No part sticks out sideways, in the page or in the chat. */
async function noSidewaysScroll (page) {
  const wide = await page.evaluate(() => {
    const out = []
    const walk = root => root.querySelectorAll('*').forEach(e => {
      if (e.shadowRoot) walk(e.shadowRoot)
      const place = e.getBoundingClientRect()
      if (!e.closest('.skip, .apart') && e.checkVisibility() && (place.right > innerWidth + 1 || place.left < -1)) out.push(e.outerHTML.slice(0, 90))
    })
    walk(document)
    return { page: document.documentElement.scrollWidth - innerWidth, out }
  })
  assert.ok(wide.page <= 0, `the page is ${wide.page} too wide`)
  assert.deepEqual(wide.out, [])
}

/** Everything that can be pressed and is too small to press. */
const tooSmall = page => page.evaluate(() => {
  const found = []
  const walk = root => root.querySelectorAll('*').forEach(e => {
    if (e.shadowRoot) walk(e.shadowRoot)
    if (!e.matches('a, button, input:not([type=hidden]), textarea, summary') || !e.checkVisibility() || e.closest('.skip')) return
    const place = e.getBoundingClientRect()
    if (place.height < 24 || place.width < 24) found.push(e.outerHTML.slice(0, 90) + ` ${place.width}x${place.height}`)
  })
  walk(document)
  return found
})

module.exports = { assert, BASE, AWAY, DESK, PHONE, SMALL, ENLARGED, HELLO, answers, refuses, session, never, asleep, visit, chatting, stopTheClock, open, ready, said, before,
  last, box, choices, focused, say, choose, answered, away, nothingKept, axeFindsNothing, noSidewaysScroll, tooSmall }
