// When something is broken: nobody meets silence, and nothing that was typed is lost.
'use strict'
const { assert, answers, refuses, session, never, visit, chatting, stopTheClock, open, ready, said, last, box, say, choose, answered, asleep } = require('./lib')

async function failureKeepsTheText (browser, webhook) {
  const { page } = await chatting(browser, { api: { session: session(), webhook } })
  const numbers = await page.$$eval('#numbers .lines a[href^="tel:"]', links => links.map(link => link.textContent))
  assert.ok(numbers.length >= 4)
  await say(page, 'my words\nand more')
  assert.equal(await box(page), 'my words\nand more')
  const shown = await last(page)
  for (const number of numbers) assert.ok(shown.includes(number), shown)
  assert.match(shown, /still in the box/)
  await page.click('.again')
  await answered(page)
  assert.equal(await page.locator('.trouble').count(), 1, 'help lines are not piled up')
  assert.equal(await box(page), 'my words\nand more')
}

module.exports = {
  'no connection shows the help lines and keeps the text': browser => failureKeepsTheText(browser, 'broken'),
  'an empty answer shows the help lines and keeps the text': browser => failureKeepsTheText(browser, answers([])),
  'an answer that is no JSON shows the help lines and keeps the text': browser => failureKeepsTheText(browser, { status: 502, body: '<html>Bad gateway' }),

  async 'offline is said, with the numbers, and back online too' (browser) {
    const { page, context } = await chatting(browser)
    await context.setOffline(true)
    await page.waitForFunction(() => /offline/.test(document.querySelector('frontdoor-chat').shadowRoot.querySelector('.status').textContent))
    await say(page, 'keep me')
    assert.match(await last(page), /You are offline/)
    assert.ok(await page.locator('.trouble a[href^="tel:"]').count() >= 4)
    assert.equal(await box(page), 'keep me')
    await context.setOffline(false)
    await page.click('.again')
    await answered(page)
    assert.equal(await page.locator('.trouble').count(), 0)
    assert.equal(await box(page), '')
  },

  async 'a silent server shows the help lines after nine seconds' (browser) {
    const { page } = await chatting(browser, { before: page => page.clock.install(), api: { session: session(), webhook: never } })
    await stopTheClock(page)
    await say(page, 'are you there', { wait: false })
    await page.clock.runFor(8500)
    assert.equal(await page.locator('.trouble').count(), 0)
    assert.match(await page.innerText('.status'), /answering/)
    await page.clock.runFor(1000)
    await page.waitForSelector('.trouble')
    assert.equal(await box(page), 'are you there')
  },

  async 'what arrived although no answer came is not said twice' (browser) {
    let lost = true
    const heard = []
    const past = () => [{ from: 'bot', text: 'Hello.' }, { from: 'you', text: 'only once' }, { from: 'bot', text: 'The answer that was lost.' }]
    const webhook = ({ message }) => { heard.push(message); return lost ? 'broken' : answers([{ text: 'Again.' }]) }
    const { page } = await chatting(browser, { api: { session: session(), webhook, history: () => answers(past()) } })
    await say(page, 'only once')
    lost = false
    await page.click('.again')
    await answered(page)
    assert.match(await last(page), /The answer that was lost/)
    assert.deepEqual(heard, ['only once'])
  },

  async 'a chat that has ended starts again and keeps the text' (browser) {
    let sessions = 0
    const heard = []
    const { page } = await chatting(browser, {
      api: {
        session: () => session('canned-' + ++sessions),
        webhook: body => { heard.push(body); return body.session === 'canned-1' ? refuses(401, 'This chat is over.') : answers([{ text: 'Here.' }]) }
      }
    })
    await say(page, 'keep me')
    assert.equal(await box(page), 'keep me')
    assert.match((await said(page)).slice(-2).join(' ').replace(/\s+/g, ' '), /This chat is over\..*a new one has started\..*still in the box\./)
    await page.press('#box', 'Enter')
    await answered(page)
    assert.deepEqual(heard.at(-1), { session: 'canned-2', message: 'keep me' })
    assert.match(await last(page), /Here\./)
  },

  async 'a refusal shows the words of the server and keeps the text' (browser) {
    for (const status of [400, 413, 429, 503]) {
      const { page, context } = await chatting(browser, { api: { session: session(), webhook: refuses(status, `Words of the server ${status}.`) } })
      await say(page, 'keep me')
      assert.match((await said(page)).at(-2), new RegExp(`Words of the server ${status}\\.`))
      assert.equal(await page.locator('.trouble').count(), 1, 'no number in its words, so the help lines follow')
      assert.equal(await box(page), 'keep me')
      await context.close()
    }
  },

  async 'danger heard in a refused message comes first, looks urgent and stays' (browser) {
    let refused = true
    const { page } = await visit(browser, {
      api: { session: session(), webhook: () => refused ? refuses(429, 'Too many.', urgent) : answers([{ text: 'Later.' }]) }
    })
    const number = await page.locator('.danger a').first().textContent()
    const urgent = [{ text: `Call ${number} now.`, custom: { urgent: true } }, { text: 'Too many messages.' }, { text: 'Help lines.' }]
    await open(page)
    await say(page, 'one')
    assert.match(await page.locator('.log .turn:last-child .urgent').first().innerText(), new RegExp(`Urgent:\\s+Call ${number} now`))
    assert.equal(await page.locator('.trouble').count(), 0, 'it gave a number, so no second list')
    refused = false
    await say(page, 'two')
    assert.match((await said(page)).join(), new RegExp(`Call ${number} now`))
  },

  async 'when the chat cannot start the help lines are shown and it tries again' (browser) {
    let down = true
    const { page } = await visit(browser, { api: { session: () => down ? 'broken' : session(), webhook: answers([{ text: 'Here now.' }]) } })
    await page.click('.launcher')
    await page.waitForSelector('.trouble')
    down = false
    await page.click('.again')
    await page.waitForSelector('.choices button')
    await say(page, 'hello')
    assert.match(await last(page), /Here now/)
  },

  async 'a choice that did not arrive can be tried again' (browser) {
    let down = true
    const heard = []
    const webhook = ({ message }) => { heard.push(message); return down ? 'broken' : answers([{ text: 'Thank you.' }]) }
    const { page } = await chatting(browser, { api: { session: session(), webhook, history: answers([]) } })
    await choose(page, 'A question')
    down = false
    await page.click('.again')
    await answered(page)
    assert.deepEqual(heard, ['question payload', 'question payload'])
    assert.match(await last(page), /Thank you/)
  },

  async 'without storage the chat still works' (browser) {
    const { page } = await chatting(browser, {
      before: page => page.addInitScript(() => Object.defineProperty(window, 'sessionStorage', { get () { throw new Error('off') } }))
    })
    await say(page, 'hello')
    assert.match(await last(page), /Computer/)
    await asleep(10)
    await ready(page)
  }
}
