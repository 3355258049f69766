// Whole visits on the real service, from the first page to what people came for.
'use strict'
const { assert, PHONE, visit, chatting, open, said, last, box, choices, say, choose, answered, away, axeFindsNothing } = require('./lib')

const reference = /[A-Z0-9]{4}-[A-Z0-9]{4}/
const question = async page => (await last(page)).split('\n').slice(1).join('\n')

module.exports = {
  async 'a neighbour goes from a worry to a reference' (browser) {
    const { page } = await visit(browser, { viewport: PHONE })
    await page.click('[data-frontdoor-open]')
    await page.waitForSelector('.choices button')
    await choose(page, "I'm worried about a child")
    await choose(page, 'Yes, write it down')
    await choose(page, 'No')
    await choose(page, "I'm a member of the public")
    assert.equal(await page.innerText('label[for="box"]'), 'The worry', 'a long account has its own field')
    await page.fill('#box', 'He is out on the street until ten most nights.')
    await page.click('.send')
    await answered(page)
    let dates = 0
    for (let i = 0; i < 30 && !(await question(page)).includes('Is it right?'); i++) {
      if (await page.isVisible('text=Use the date boxes')) {
        dates++
        await page.click('text=Use the date boxes')
        await page.fill('#day', '3')
        await page.fill('#month', 'April')
        await page.fill('#year', '2019')
        await page.press('#year', 'Enter')
        await answered(page)
      } else if (/name/.test(await question(page)) && !dates) await say(page, 'Robin')
      else if ((await choices(page)).includes('No')) await choose(page, 'No')
      else if (await page.isVisible('#line')) { await page.fill('#line', 'skip'); await page.click('.send'); await answered(page) } else await say(page, 'skip')
    }
    assert.equal(dates, 1, 'the date was asked once')
    assert.match(await question(page), /3 April 2019/)
    await axeFindsNothing(page, 'the check')
    await choose(page, 'Yes, send it')
    assert.match((await said(page)).join('\n'), reference)
    assert.match(await last(page), /deleted your answers/)
  },

  async 'a child is believed, and can leave at once' (browser) {
    const { page } = await chatting(browser, { viewport: PHONE })
    await choose(page, "I'm a child or teenager")
    await say(page, 'my dad hits me sometimes')
    assert.match(await last(page), /not your fault/i)
    assert.ok(await page.locator('.log .turn:last-child a[href^="tel:"]').count() >= 2)
    await page.click('.panel .leave')
    await away(page)
  },

  async 'a practitioner asks, and sees the source' (browser) {
    const { page } = await chatting(browser)
    await say(page, 'when should i send a MASH contact form?')
    assert.match(await last(page), /Source: /)
  },

  async 'danger said inside a contact is urgent, and the contact can go on' (browser) {
    const { page } = await chatting(browser)
    await say(page, "can you write down a worry for me, it's not urgent")
    await choose(page, 'No')
    await choose(page, "I'm a member of the public")
    await say(page, 'he is hitting her right now, i can hear her screaming')
    assert.ok(await page.locator('.log .turn:last-child .urgent').count())
    assert.match(await page.innerText('.log .turn:last-child .urgent'), /Nobody has read this/)
    assert.equal(await page.isVisible('#box'), true)
    await say(page, 'carry on')
    assert.match(await last(page), /carry on|Carry on/)
  },

  async 'the page after still has the chat, word for word' (browser) {
    const { page } = await chatting(browser)
    await say(page, 'what are the ten wishes')
    const words = (await last(page)).replace(/\s+/g, ' ')
    await page.goto(new URL('/accessibility', page.url()).href)
    await open(page)
    const redrawn = (await page.locator('.scroll > .turns .turn').last().innerText()).replace(/\s+/g, ' ')
    assert.equal(redrawn.trim(), words.trim())
    assert.equal(await box(page), '')
  }
}
