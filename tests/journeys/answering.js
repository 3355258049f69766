// Fields that fit the question: custom.input of the server's message.
'use strict'
const { assert, answers, session, chatting, say, last, box, answered, axeFindsNothing } = require('./lib')

const asks = input => [{ text: 'A question.', custom: { contact: true, input } }]
const asked = (browser, input, more = {}) => {
  const heard = []
  let replies = asks(input)
  const webhook = ({ message }) => { heard.push(message); return typeof replies === 'string' ? replies : answers(replies) }
  return chatting(browser, { api: { session: session(), webhook, history: answers([]), ...more.api }, ...more })
    .then(async visited => { await say(visited.page, 'begin'); heard.length = 0; return { ...visited, heard, next: value => { replies = value } } })
}

module.exports = {
  async 'a date is answered in three boxes, and sent day first' (browser) {
    const { page, heard, next } = await asked(browser, { kind: 'date', label: 'Date of birth' })
    assert.equal(await page.isVisible('#box'), false)
    assert.equal(await page.textContent('legend'), 'Date of birth')
    next([{ text: 'Thank you.' }])
    await page.fill('#day', '27')
    await page.fill('#month', 'March')
    await page.fill('#year', '2014')
    await page.press('#year', 'Enter')
    await answered(page)
    assert.deepEqual(heard, ['27 March 2014'])
    assert.equal(await page.isVisible('#box'), true, 'the next question has the box again')
    assert.equal(await page.evaluate(() => document.querySelector('frontdoor-chat').shadowRoot.activeElement?.id), 'box', 'and the keyboard is in it')
  },

  async 'a date that is not whole, or is no date, is named and not sent' (browser) {
    const { page, heard } = await asked(browser, { kind: 'date' })
    await page.fill('#day', '31')
    await page.click('.send')
    assert.match(await page.innerText('#error'), /day, the month and the year/)
    await page.waitForFunction(() => document.querySelector('frontdoor-chat').shadowRoot.activeElement.id === 'month') // where the answer is missing
    await page.fill('#month', '2')
    await page.fill('#year', '2014')
    await page.click('.send')
    assert.match(await page.innerText('#error'), /no such day/)
    assert.equal(await page.getAttribute('#day', 'aria-invalid'), 'true')
    assert.equal(await page.inputValue('#day'), '31')
    assert.deepEqual(heard, [])
  },

  async 'a date can be said in own words, and boxes come back' (browser) {
    const { page, heard, next } = await asked(browser, { kind: 'date' })
    await page.click('text=Use my own words')
    await page.fill('#box', 'about 6')
    await page.click('text=Use the date boxes')
    assert.equal(await page.isVisible('#day'), true)
    await page.click('text=Use my own words')
    assert.equal(await box(page), 'about 6')
    next([{ text: 'Thank you.' }])
    await page.click('.send')
    await answered(page)
    assert.deepEqual(heard, ['about 6'])
  },

  async 'where words are likelier than a date, they come first; and a number can be words' (browser) {
    const { page, heard, next } = await asked(browser, { kind: 'date', words_first: true })
    assert.equal(await page.isVisible('#box'), true)
    await page.click('text=Use the date boxes')
    assert.equal(await page.isVisible('#day'), true)
    next(asks({ kind: 'phone' }))
    await page.click('text=Use my own words')
    await say(page, 'about 6')
    assert.equal(await page.isVisible('#line'), true)
    await page.click('text=Use my own words')
    await say(page, 'text only, i am deaf')
    assert.deepEqual(heard, ['about 6', 'text only, i am deaf'])
  },

  async 'a date that did not arrive is put back into its boxes' (browser) {
    const { page, next } = await asked(browser, { kind: 'date' })
    next('broken')
    for (const [part, value] of [['day', '1'], ['month', '2'], ['year', '2014']]) await page.fill('#' + part, value)
    await page.click('.send')
    await answered(page)
    assert.deepEqual([await page.inputValue('#day'), await page.inputValue('#month'), await page.inputValue('#year')], ['1', '2', '2014'])
  },

  async 'a phone number and an e-mail address have the right keyboard, and are never offered later' (browser) {
    for (const [kind, mode] of [['phone', 'tel'], ['email', 'email']]) {
      const { page, heard, next, context } = await asked(browser, { kind })
      assert.equal(await page.$eval('#line', field => field.inputMode), mode)
      assert.equal(await page.getAttribute('#line', 'autocomplete'), 'off')
      next([{ text: 'Thank you.' }])
      await page.fill('#line', 'ring me at school')
      await page.press('#line', 'Enter')
      await answered(page)
      assert.deepEqual(heard, ['ring me at school'], 'own words are an answer too')
      await context.close()
    }
  },

  async 'a long account has room, a counter, and Enter for a new line' (browser) {
    const { page, heard } = await asked(browser, { kind: 'long', max: 50 })
    await page.type('#box', 'first line')
    await page.press('#box', 'Enter')
    await page.type('#box', 'second')
    assert.equal(await box(page), 'first line\nsecond')
    assert.equal(await page.innerText('.count'), '33 letters left')
    assert.equal(await page.textContent('form .apart'), '', 'not read out at every key')
    await page.fill('#box', 'x'.repeat(48))
    await page.waitForFunction(() => document.querySelector('frontdoor-chat').shadowRoot.querySelector('form .apart').textContent === '2 letters left')
    await page.fill('#box', 'x'.repeat(60))
    await page.click('.send')
    assert.match(await page.innerText('#error'), /10 letters too many/)
    assert.deepEqual(heard, [])
  },

  async 'a kind of question that is not known has the box for words' (browser) {
    const { page, heard, next } = await asked(browser, { kind: 'hologram' })
    next([{ text: 'Thank you.' }])
    await say(page, 'words')
    assert.deepEqual(heard, ['words'])
    assert.match(await last(page), /Thank you/)
  },

  async 'axe finds nothing on any kind of question, also with an error' (browser) {
    for (const colorScheme of ['light', 'dark']) {
      for (const kind of ['date', 'phone', 'long']) {
        const { page, context } = await asked(browser, { kind, label: 'A label', hint: 'A hint' }, { colorScheme })
        await page.click('.send')
        await axeFindsNothing(page, `${kind} ${colorScheme}`)
        await context.close()
      }
    }
  }
}
