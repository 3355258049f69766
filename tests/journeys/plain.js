// Without a script: the numbers, the form to its reference, and a chat page by page. The server is the real one.
'use strict'
const { assert, BASE, SMALL, visit, away, axeFindsNothing, noSidewaysScroll, tooSmall } = require('./lib')

const noScript = { javaScriptEnabled: false }
const press = (page, name) => Promise.all([page.waitForEvent('load'), page.click(`button:has-text("${name}")`)])
const main = page => page.innerText('main')
const check = (page, value) => page.check(`input[type="radio"][value="${value}"]`)

/** The gate, and on to the first page of questions. */
async function begin (browser, who, options = noScript) {
  const visited = await visit(browser, { path: '/help', ...options })
  await visited.page.click('a[href="/help/tell"]')
  await check(visited.page, 'no')
  await check(visited.page, who)
  await press(visited.page, 'Carry on')
  return visited
}

/** Leave everything out until the answers are to be checked. */
async function leaveOutTheRest (page) {
  for (let i = 0; i < 25 && !(await main(page)).includes('Check your answers'); i++) {
    if (await page.locator('input[name^="more_children"][type="radio"]').count()) await check(page, 'no')
    if (await page.locator('.wrong #child').count()) await page.fill('#child', 'the boy at number 4')
    await press(page, 'Carry on')
  }
  assert.match(await main(page), /Check your answers/)
}

module.exports = {
  async 'without a script the numbers, the hours and leaving are there' (browser) {
    for (const path of ['/', '/help', '/accessibility', '/help/chat', '/help/tell']) {
      const { page, context } = await visit(browser, { path, ...noScript })
      if (path === '/' || path === '/help') assert.ok(await page.locator('.danger a[href^="tel:"]').first().isVisible())
      assert.equal(await page.locator('frontdoor-chat').count(), 0)
      await page.click('a[data-frontdoor-leave]')
      await away(page)
      await context.close()
    }
  },

  async 'a member of the public writes a worry down, checks it, changes it and gets a reference' (browser) {
    const { page, requests } = await begin(browser, 'public')
    await page.fill('#worry', 'He is out on the street until ten most nights.\nHe says nobody is in.')
    await press(page, 'Carry on')
    await page.fill('#child', 'Robin')
    await page.fill('#birth-words', 'about 7')
    await page.fill('#address', '1 Example Row')
    await check(page, 'no')
    await press(page, 'Carry on')
    await leaveOutTheRest(page)
    const shown = await main(page)
    for (const words of ['out on the street until ten', 'Robin', 'about 7', '1 Example Row', 'wants to stay anonymous']) assert.ok(shown.includes(words), words)
    await page.click('button[name="change"][value="child"]')
    assert.equal(await page.inputValue('#child'), 'Robin')
    await page.fill('#child', 'Robin Example')
    await press(page, 'Carry on')
    assert.match(await main(page), /Check your answers[\s\S]*Robin Example/)
    assert.match(await main(page), /out on the street/, 'nothing else was lost')
    await press(page, 'Yes, send it')
    assert.match(await main(page), /It is saved and on its way[\s\S]*[A-Z0-9]{4}-[A-Z0-9]{4}/)
    assert.match(await main(page), /Sent does not mean read/)
    assert.ok(requests.every(request => !/Robin|street|Row/.test(decodeURIComponent(request.url()))), 'nothing typed is in an address')
    assert.deepEqual(await page.context().cookies(), [])
  },

  async 'pressing send twice sends it once' (browser) {
    const { page, context } = await begin(browser, 'me')
    await page.fill('#worry', 'I am worried about home.')
    await leaveOutTheRest(page)
    const fields = await page.$$eval('form input[type="hidden"]', all => all.map(input => [input.name, input.value]))
    const send = () => context.request.post(BASE + '/help/tell', { form: Object.fromEntries([...fields, ['send', 'yes']]) }).then(answer => answer.text())
    const [first, second] = [await send(), await send()]
    const reference = /[A-Z0-9]{4}-[A-Z0-9]{4}/
    assert.ok(first.match(reference))
    assert.equal(first.match(reference)[0], second.match(reference)[0])
  },

  async 'a practitioner is asked for a name, told what is missing, and keeps what was typed' (browser) {
    const { page } = await begin(browser, 'job')
    for (let i = 0; i < 25 && !(await page.locator('#agency').count()); i++) {
      if (await page.locator('#worry').count()) await page.fill('#worry', 'Neglect is a concern at home.')
      if (await page.locator('#child').count()) await page.fill('#child', 'Sam Example')
      if (await page.locator('#birth').count()) { await page.fill('#birth', '3'); await page.fill('#birth-month', 'April'); await page.fill('#birth-year', '2019') }
      if (await page.locator('input[name="more_children"][type="radio"]').count()) await check(page, 'no')
      await press(page, 'Carry on')
    }
    await page.fill('#role', 'Teacher')
    await press(page, 'Carry on')
    assert.equal(await page.locator('.summary').count(), 1)
    assert.equal(await page.title(), 'Error: Information and advice')
    assert.equal(await page.inputValue('#role'), 'Teacher')
    await page.click('.summary a >> nth=0')
    assert.match(page.url(), /#you$/)
    await page.fill('#you', 'Alex Example')
    await page.fill('#agency', 'Example Primary')
    if (await page.locator('#email').count()) await page.fill('#email', 'alex@example.org')
    await press(page, 'Carry on')
    for (let i = 0; i < 5 && (await page.locator('#email').count()); i++) { await page.fill('#email', 'alex@example.org'); await press(page, 'Carry on') }
    await leaveOutTheRest(page)
    assert.match(await main(page), /3 April 2019/)
    await press(page, 'Yes, send it')
    assert.match(await main(page), /does not replace a MASH Contact form/)
  },

  async 'danger in any field of the form is met with the emergency number first, and nothing is lost' (browser) {
    for (const [field, words] of [['#worry', 'he is hitting her right now and she is screaming'], ['#address', 'he has a knife and he is strangling my mum']]) {
      const { page, context } = await begin(browser, 'public')
      if (field !== '#worry') {
        await page.fill('#worry', 'He is out most nights.')
        await press(page, 'Carry on')
      }
      await page.fill(field, words)
      await press(page, 'Carry on')
      const first = (await page.innerText('.urgent')).slice(0, 60)
      assert.match(first, new RegExp((await page.locator('.urgent a').first().textContent())))
      assert.match(await main(page), /Nothing has been sent/)
      await press(page, 'Carry on')
      await (await page.locator('button[name="back"]').count() ? press(page, 'Go back') : Promise.resolve())
      assert.ok((await page.content()).includes(words), 'the words are still there')
      await context.close()
    }
  },

  async 'saying that the child is in danger stops the form, and it can go on' (browser) {
    const { page } = await visit(browser, { path: '/help/tell', ...noScript })
    await check(page, 'yes')
    await check(page, 'public')
    await press(page, 'Carry on')
    assert.ok(await page.isVisible('.urgent'))
    assert.equal((await main(page)).includes('What have you seen'), false, 'it asks nothing')
    await press(page, 'Nobody is in danger now')
    assert.match(await main(page), /What have you seen/)
    await press(page, 'Stop and delete')
    assert.match(await main(page), /Nothing was sent/)
  },

  async 'a date that is not whole or not real is named beside its boxes' (browser) {
    const { page } = await begin(browser, 'public')
    await page.fill('#worry', 'He is out most nights.')
    await press(page, 'Carry on')
    await page.fill('#child', 'Robin')
    await check(page, 'no')
    await page.fill('#birth', '31')
    await press(page, 'Carry on')
    assert.match(await page.innerText('.wrong'), /day, the month and the year/)
    assert.equal(await page.inputValue('#birth'), '31', 'what was typed is still there')
    await page.fill('#birth-month', '2')
    await page.fill('#birth-year', '2015')
    await press(page, 'Carry on')
    assert.match(await page.innerText('.wrong'), /calendar/)
    assert.deepEqual([await page.inputValue('#birth'), await page.inputValue('#birth-month'), await page.inputValue('#birth-year')], ['31', '2', '2015'])
    assert.equal(await page.getAttribute('#birth', 'aria-invalid'), 'true')
  },

  async 'two children can be told about' (browser) {
    const { page } = await begin(browser, 'public')
    await page.fill('#worry', 'They are out most nights.')
    await press(page, 'Carry on')
    await page.fill('#child', 'Robin')
    await check(page, 'yes')
    await press(page, 'Carry on')
    assert.match(await main(page), /Child 2/)
    await page.fill('[name="child:2"]', 'Billie')
    await check(page, 'no')
    await press(page, 'Carry on')
    await leaveOutTheRest(page)
    assert.match(await main(page), /Robin[\s\S]*Billie/)
  },

  async 'a chat page by page: asked, answered, urgent first, deleted' (browser) {
    const { page, requests } = await visit(browser, { path: '/help/chat', ...noScript })
    await page.fill('#message', 'i am worried about a child next door')
    await press(page, 'Send')
    assert.match(await main(page), /You wrote\s+i am worried about a child next door[\s\S]*The computer/)
    await page.click('.choices button >> nth=0')
    assert.ok((await page.locator('.turn.you').count()) === 2, 'a choice is a message')
    await page.fill('#message', 'he is hitting my mum right now')
    await press(page, 'Send')
    assert.match(await page.innerText('.turn:last-child .urgent >> nth=0'), /Urgent/)
    await page.fill('#message', '  ')
    await press(page, 'Send')
    assert.match(await page.innerText('.error'), /few words/)
    await press(page, 'Delete this chat')
    assert.match(await main(page), /This chat is deleted/)
    assert.ok(requests.every(request => new URL(request.url()).search === ''))
    assert.deepEqual(await page.context().cookies(), [])
  },

  async 'a whole contact can be taken in the chat page by page' (browser) {
    const { page } = await visit(browser, { path: '/help/chat', ...noScript })
    const say = async words => { await page.fill('#message', words); await press(page, 'Send') }
    await say("can you write down a worry for me, it's not urgent")
    await say('no')
    await say("it's about me")
    await say('i am lonely at home')
    for (let i = 0; i < 12 && !(await page.innerText('.turn:last-child')).includes('Is it right?'); i++) await say('skip')
    await say('yes, send it')
    assert.match(await page.innerText('.turn:last-child'), /[A-Z0-9]{4}-[A-Z0-9]{4}/)
  },

  async 'an ended chat page by page says so, and keeps the words' (browser) {
    const { page, context } = await visit(browser, { path: '/help/chat', ...noScript })
    await page.fill('#message', 'hello')
    await press(page, 'Send')
    const id = await page.inputValue('input[name="session"]')
    await context.request.delete(BASE + '/webhooks/website/session', { data: { session: id } })
    await page.fill('#message', 'keep these words')
    await press(page, 'Send')
    assert.match(await main(page), /conversation has ended/)
    assert.equal(await page.inputValue('#message'), 'keep these words')
    await press(page, 'Send')
    assert.match(await main(page), /You wrote\s+keep these words/)
  },

  async 'with a script, leaving ends a chat page by page too' (browser) {
    const { page, context } = await visit(browser, { path: '/help/chat' })
    await page.fill('#message', 'hello')
    await press(page, 'Send')
    const id = await page.inputValue('input[name="session"]')
    await page.click('a[data-frontdoor-leave]')
    await away(page)
    let status = 200
    for (let i = 0; i < 30 && status === 200; i++) status = (await context.request.post(BASE + '/webhooks/website/history', { data: { session: id } })).status()
    assert.equal(status, 401)
  },

  async 'every page of the form is right for axe, a small screen and a thumb' (browser) {
    for (const colorScheme of ['light', 'dark']) {
      const { page, context } = await begin(browser, 'public', { colorScheme, viewport: SMALL })
      const looks = async where => { await axeFindsNothing(page, `${where} ${colorScheme}`); await noSidewaysScroll(page); assert.deepEqual(await tooSmall(page), [], where) }
      await looks('questions')
      await press(page, 'Carry on')
      await looks('error')
      await page.fill('#worry', 'he is hitting her right now')
      await press(page, 'Carry on')
      await looks('urgent')
      await press(page, 'Carry on')
      await looks('child')
      await leaveOutTheRest(page)
      await looks('check')
      await press(page, 'Yes, send it')
      await looks('sent')
      await context.close()
    }
  }
}
