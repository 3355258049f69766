// The conversation: what is said, shown, linked and remembered.
'use strict'
const { assert, HELLO, answers, refuses, session, visit, chatting, open, ready, said, before, last, box, choices, say, choose, answered, asleep } = require('./lib')

module.exports = {
  async 'a person chats and is answered' (browser) {
    const { page } = await chatting(browser) // the server's own answers
    assert.match(await last(page), /computer/)
    await page.type('#box', 'one')
    await page.press('#box', 'Shift+Enter')
    await page.type('#box', 'two')
    assert.equal(await box(page), 'one\ntwo')
    await page.press('#box', 'Enter')
    await answered(page)
    assert.match((await said(page)).at(-2), /^You:\s+one\ntwo$/)
    assert.equal(await box(page), '')
    const kept = await page.evaluate(() => [{ ...sessionStorage }, { ...localStorage }, document.cookie])
    assert.deepEqual([Object.keys(kept[0]), kept[1], kept[2]], [['frontdoor'], {}, ''])
    assert.ok(!JSON.stringify(kept).includes('two'), 'only the opaque id is kept')
  },

  async 'nothing is asked of the server until the chat is opened, and little is run' (browser) {
    const { page, requests } = await visit(browser)
    await page.waitForSelector('.launcher')
    const paths = requests.map(request => new URL(request.url()).pathname).sort()
    assert.deepEqual(paths.filter(path => path !== '/icon.svg'), ['/', '/page.css', '/widget.js'])
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('Performance.enable')
    await page.reload()
    await page.waitForSelector('.launcher')
    const { metrics } = await cdp.send('Performance.getMetrics')
    const scripting = metrics.find(metric => metric.name === 'ScriptDuration').value * 1000
    assert.ok(scripting < 100, `${scripting} ms of scripting on load`)
  },

  async 'no address ever holds what was typed' (browser) {
    const { page, requests } = await chatting(browser)
    await say(page, 'heron lantern 4471')
    assert.ok(requests.every(request => !/heron|4471/.test(request.url())))
    assert.ok(!(await page.evaluate(() => location.href)).includes('heron'))
  },

  async 'a quick reply sends its payload and shows its title' (browser) {
    const heard = []
    const webhook = body => { heard.push(body); return answers([{ text: 'Thank you.' }]) }
    const { page } = await chatting(browser, { api: { session: session(), webhook } })
    assert.deepEqual(await choices(page), ['I am worried', 'A question'])
    await choose(page, 'I am worried')
    assert.deepEqual(heard, [{ session: 'canned-1', message: 'worried payload' }])
    assert.match((await said(page)).at(-2), /^You:\s+I am worried$/)
    assert.equal(await page.isVisible('.choices'), false)
  },

  async 'words are shown as text, and only known numbers and addresses become links' (browser) {
    const { page } = await chatting(browser, { api: { session: session(), webhook: ({ message }) => answers([{ text: message }]) } })
    const gateway = await page.locator('#numbers a[href^="tel:"]', { hasText: ' ' }).first().textContent()
    const digits = gateway.replace(/ /g, '')
    await say(page, `Call ${gateway}.\n<img src=x onerror=alert(1)> ${digits}7 (www.plymouth.gov.uk), https://example.org/b?c=1.\n- one\n- two`)
    const links = await page.$$eval('.log .turn:last-child a', all => all.map(a => [a.textContent, a.getAttribute('href'), a.rel]))
    assert.deepEqual(links, [[gateway, 'tel:' + digits, 'noreferrer'], ['www.plymouth.gov.uk', 'https://www.plymouth.gov.uk', 'noreferrer']])
    assert.equal(await page.locator('.log img').count(), 0)
    assert.match(await last(page), /<img src=x/)
    assert.equal(await page.locator('.log .turn:last-child li').count(), 2, 'a list is a list')
    assert.equal(await page.locator('.log .you a').count(), 0)
  },

  async 'a source is shown, and is a link only to a safe address' (browser) {
    const list = [{ title: 'Annual report', section: 'Neglect', date: '2022', link: 'https://www.plymouthscp.co.uk/report' }, { title: 'Other', link: 'javascript:alert(1)' }]
    const { page } = await chatting(browser, { api: { session: session(), webhook: answers([{ text: 'It says so.', custom: { sources: list } }, { text: 'Source: A, "B" (2022). https://www.example.org/a.\nhttps://www.example.org/b' }]) } })
    await say(page, 'why')
    assert.match(await last(page), /Source: Annual report, Neglect, 2022\s+Source: Other/)
    assert.deepEqual(await page.$$eval('.sources a', all => all.map(a => a.getAttribute('href'))), ['https://www.plymouthscp.co.uk/report'])
    assert.deepEqual(await page.$$eval('.log .turn:last-child .bubble:last-child a', all => all.map(a => a.getAttribute('href'))), ['https://www.example.org/a'])
  },

  async 'other scripts and right-to-left words are shown in their direction' (browser) {
    const { page } = await chatting(browser, { api: { session: session(), webhook: answers([{ text: 'اتصل الآن', custom: { lang: 'ar' } }]) } })
    await say(page, 'مرحبا')
    const [paragraph, language] = await page.$eval('.log .turn:last-child .bubble', made => [getComputedStyle(made.querySelector('p')).direction, made.lang])
    assert.deepEqual([paragraph, language], ['rtl', 'ar'])
  },

  async 'earlier messages come back on the next page, and choices with them' (browser) {
    const past = [{ from: 'bot', ...HELLO[0] }, { from: 'you', text: 'before' }, { from: 'bot', text: 'Answer before.', buttons: [{ title: 'Go on', payload: 'go on' }] }]
    const { page } = await chatting(browser, { api: { session: session(), history: answers(past), webhook: answers([{ text: 'New.' }]) } })
    await page.goto(new URL('/help', page.url()).href)
    await open(page)
    assert.deepEqual((await before(page)).map(text => text.split('\n').pop()), ['Hello from the stand-in.', 'before', 'Answer before.'])
    assert.deepEqual(await said(page), [])
    assert.deepEqual(await choices(page), ['Go on'])
    await say(page, 'after')
    assert.deepEqual((await said(page)).map(text => text.split('\n').pop()), ['after', 'New.'])
  },

  async 'another tab is another chat' (browser) {
    const { page, context } = await chatting(browser)
    await say(page, 'hello')
    const other = await context.newPage()
    await other.goto(page.url())
    assert.equal(await other.evaluate(() => sessionStorage.length), 0)
  },

  async 'an ended chat is not redrawn' (browser) {
    const { page } = await chatting(browser, { api: { session: session(), history: refuses(401, 'Over.') } })
    await page.reload()
    await open(page)
    assert.match((await said(page))[0], /earlier chat has ended/)
    assert.deepEqual(await before(page), [])
  },

  async 'one thing is asked at a time, and what is written meanwhile stays' (browser) {
    let count = 0; let answer
    const { page } = await chatting(browser, { api: { session: session(), webhook: () => { count++; return new Promise(resolve => { answer = () => resolve(answers([{ text: 'One.' }])) }) } } })
    await say(page, 'first', { wait: false })
    await page.waitForFunction(() => /answering/.test(document.querySelector('frontdoor-chat').shadowRoot.querySelector('.status').textContent))
    await page.fill('#box', 'second')
    await page.press('#box', 'Enter')
    await page.click('.choices button >> nth=0', { force: true })
    assert.deepEqual(await page.$$eval('.send, .choices button', all => all.map(button => button.getAttribute('aria-disabled'))), ['true', 'true', 'true'])
    while (!answer) await asleep(20)
    answer()
    await ready(page)
    assert.equal(count, 1)
    assert.equal(await box(page), 'second')
  },

  async 'closing and opening keeps the chat and what is being written' (browser) {
    const { page } = await chatting(browser, { api: { session: session(), webhook: answers([{ text: 'Here.' }]) } })
    await say(page, 'one')
    await page.fill('#box', 'half a sentence')
    await page.click('.close')
    assert.equal(await page.isVisible('.panel'), false)
    await open(page)
    assert.equal(await box(page), 'half a sentence')
    assert.equal((await before(page)).length, 3)
  },

  async 'an empty box says so' (browser) {
    const { page, requests } = await chatting(browser, { api: { session: session() } })
    await page.press('#box', 'Enter')
    assert.match(await page.innerText('#error'), /Write a few words first/)
    assert.equal(await page.getAttribute('#box', 'aria-invalid'), 'true')
    assert.equal(requests.filter(request => request.url().endsWith('/webhook')).length, 0)
    await page.type('#box', 'x')
    assert.equal(await page.innerText('#error'), '')
  }
}
