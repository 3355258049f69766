// For everybody: heard, seen, enlarged, by keyboard, in one's own colours.
'use strict'
const { assert, DESK, PHONE, SMALL, ENLARGED, HELLO, answers, session, never, visit, chatting, open, ready, said, box, focused, say, answered,
  axeFindsNothing, noSidewaysScroll, tooSmall } = require('./lib')
const { Listener } = require('./listener')

const WHICH = [{ text: 'Which?', buttons: [{ title: 'This', payload: 'this' }] }]
const URGENT = [{ text: 'Call now.\n\nSay where you are.', custom: { urgent: true } }, { text: 'While you wait: go somewhere safe.', custom: { urgent: true } }]
const texts = heard => heard.map(one => one.text.replace(/\s+/g, ' ').trim())

module.exports = {
  async 'a screen reader hears each message once, in order, and who says it' (browser) {
    const { page } = await visit(browser, { api: { session: session(), webhook: ({ message }) => answers([{ text: `Answer to ${message}.` }, { text: 'And more.' }]) } })
    const listener = await Listener.of(page)
    await open(page)
    assert.deepEqual(texts(await listener.heard()), ['Computer: Hello from the stand-in. Choose an answer, or write your own words.'])
    await say(page, 'one')
    assert.deepEqual(texts(await listener.heard()), ['You: one', 'Computer: Answer to one. And more.'])
    await say(page, 'two')
    const heard = await listener.heard()
    assert.deepEqual(texts(heard), ['You: two', 'Computer: Answer to two. And more.'])
    assert.ok(heard.every(one => one.region === 'log' && one.live === 'polite'), JSON.stringify(heard))
    await page.click('.close')
    await open(page)
    assert.deepEqual(texts(await listener.heard()), [], 'opening again reads nothing again')
    await say(page, 'three')
    assert.deepEqual(texts(await listener.heard()), ['You: three', 'Computer: Answer to three. And more.'])
  },

  async 'earlier messages of the tab are never read out again' (browser) {
    const past = [{ from: 'bot', text: 'Old hello.' }, { from: 'you', text: 'old words' }, { from: 'bot', text: 'Old answer.' }]
    const { page } = await chatting(browser, { api: { session: session(), history: answers(past), webhook: answers([{ text: 'New.' }]) } })
    await page.reload()
    const listener = await Listener.of(page)
    await open(page)
    assert.deepEqual(texts(await listener.heard()), [])
    assert.ok(await listener.node('StaticText', /Old answer/), 'they can be read all the same')
    await say(page, 'after')
    assert.deepEqual(texts(await listener.heard()), ['You: after', 'Computer: New.'])
  },

  async 'an urgent reply is said at once and says that it is urgent' (browser) {
    const { page } = await chatting(browser, { api: { session: session(), webhook: ({ message }) => answers(message === 'danger' ? URGENT : [{ text: 'Calm.' }]) } })
    const listener = await Listener.of(page)
    await say(page, 'danger')
    const heard = await listener.heard()
    assert.deepEqual(texts(heard), ['You: danger', 'Computer: Urgent: Call now. Say where you are. While you wait: go somewhere safe.'])
    assert.deepEqual([heard[1].region, heard[1].live], ['log', 'assertive'])
    await say(page, 'later')
    assert.ok((await listener.heard()).every(one => one.live === 'polite'), 'only that one')
    assert.equal(await page.locator('.log .urgent').count(), 1, 'one card')
  },

  async 'trouble, errors, waiting and Shift are announced' (browser) {
    let broken = true
    const { page } = await chatting(browser, { api: { session: session(), webhook: () => broken ? 'broken' : never() } })
    const listener = await Listener.of(page)
    await page.click('.send')
    await page.waitForFunction(() => document.querySelector('frontdoor-chat').shadowRoot.activeElement?.id === 'box')
    assert.match((await listener.node('textbox', /^Your message$/)).description.value, /^Write a few words first, then send/, 'an error is said with its field')
    assert.deepEqual(await listener.heard(), [], 'and not a second time')
    await page.press('#box', 'Enter')
    assert.deepEqual(texts(await listener.heard()), ['Write a few words first, then send.'], 'who is in the field already is told')
    await say(page, 'x')
    assert.match(texts(await listener.heard()).join(' '), /could not answer just now.*In danger now/)
    await page.keyboard.press('Shift')
    assert.match(texts(await listener.heard()).join(' '), /2 more times/)
    broken = false
    await page.click('.send')
    await page.waitForFunction(() => /answering/.test(document.querySelector('frontdoor-chat').shadowRoot.querySelector('.status').textContent))
    assert.match(texts(await listener.heard()).join(' '), /The computer is answering/)
  },

  async 'everything has a name and a role' (browser) {
    const { page } = await chatting(browser, { api: { session: session() } })
    const listener = await Listener.of(page)
    for (const [role, name] of [['dialog', /^Computer helper$/], ['link', /^Leave now$/], ['button', /^Close the chat$/], ['group', /^Messages$/], ['log', /^Read aloud$/],
      ['group', /^Answers you can choose$/], ['textbox', /^Your message$/], ['button', /^Send$/]]) {
      assert.ok(await listener.node(role, name), `${role} ${name}`)
    }
    const dialog = await listener.node('dialog', /./)
    assert.match(dialog.description.value, /not a person/)
  },

  async 'the keyboard alone is enough' (browser) {
    const { page } = await visit(browser, { api: { session: session(), webhook: answers(WHICH) } })
    await page.focus('.launcher')
    await page.keyboard.press('Enter')
    await ready(page)
    assert.equal(await focused(page), 'title', 'the panel is named first')
    const order = []
    for (let i = 0; i < 8 && order.at(-1) !== 'send'; i++) {
      await page.keyboard.press('Tab')
      const { name, outline } = await page.evaluate(() => {
        const at = document.querySelector('frontdoor-chat').shadowRoot.activeElement
        const style = getComputedStyle(at)
        return { name: at.id || at.className || at.textContent, outline: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 }
      })
      assert.ok(outline, `focus is visible on ${name}`)
      order.push(name)
    }
    assert.deepEqual(order, ['leave', 'close', 'scroll', 'I am worried', 'A question', 'box', 'send'])
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.type('by hand')
    await page.keyboard.press('Enter')
    await answered(page)
    assert.equal(await focused(page), 'box', 'the keyboard stays where it was')
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Enter') // chooses "This"
    await answered(page)
    assert.match((await said(page)).at(-2), /^You:\s+This$/)
    assert.equal(await focused(page), 'choices', 'the next choices are one Tab away')
    await page.keyboard.press('Escape')
    assert.equal(await page.isVisible('.panel'), false)
    assert.equal(await focused(page), 'launcher', 'and focus is back where it came from')
  },

  async 'no key is trapped: Tab goes out of the panel on a desk' (browser) {
    const { page } = await chatting(browser, { api: { session: session() } })
    await page.focus('.send')
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate(() => document.activeElement.tagName === 'FRONTDOOR-CHAT'), false)
  },

  async 'Escape closes from the page behind, and the opener gets the focus back' (browser) {
    const { page } = await visit(browser, { api: { session: session() } })
    await page.click('[data-frontdoor-open]')
    await ready(page)
    await page.focus('a[data-frontdoor-leave]')
    await page.keyboard.press('Escape')
    assert.equal(await page.isVisible('.panel'), false)
    assert.equal(await page.evaluate(() => document.activeElement.hasAttribute('data-frontdoor-open')), true)
  },

  async 'on a phone the panel is the page, and what is behind is out of reach' (browser) {
    const { page } = await chatting(browser, { viewport: PHONE, api: { session: session() } })
    const place = await page.$eval('.panel', panel => { const { x, y, width, height } = panel.getBoundingClientRect(); return [x, y, width, height] })
    assert.deepEqual(place, [0, 0, PHONE.width, PHONE.height])
    assert.equal(await page.getAttribute('.panel', 'aria-modal'), 'true')
    assert.ok(await page.$eval('main', main => main.inert))
    await page.click('.close')
    assert.ok(!(await page.$eval('main', main => main.inert)))
    assert.equal(await page.evaluate(() => document.documentElement.style.overflow), '')
  },

  async 'a narrow or enlarged page never scrolls sideways, and leaving stays in sight' (browser) {
    const long = 'a'.repeat(300) + '\n' + 'long words '.repeat(60)
    const webhook = answers([{ text: long, buttons: [{ title: 'A choice with a title that goes on and on for longer than anybody expects', payload: 'x' }], custom: { input: { kind: 'date' } } }])
    for (const viewport of [SMALL, ENLARGED]) {
      for (const path of ['/', '/help', '/accessibility', '/help/chat', '/help/tell']) {
        const { page, context } = await visit(browser, { path, viewport, api: { session: session(), webhook } })
        await noSidewaysScroll(page)
        const bar = await page.$eval('nav.leave', element => { const { top, height } = element.getBoundingClientRect(); return { top, height } })
        assert.ok(bar.height < viewport.height / 3, 'the leave bar leaves room')
        assert.equal(Math.round(bar.top), 0)
        if (path === '/') {
          await open(page)
          await say(page, long)
          await noSidewaysScroll(page)
          await page.click('.send')
          await page.fill('#year', '2014')
          const leave = await page.$eval('.panel .leave', element => element.getBoundingClientRect().top)
          assert.ok(leave >= 0 && leave < 20, `Leave now stands at ${leave}`)
        }
        await context.close()
      }
    }
  },

  async 'the first words of a long answer are in view' (browser) {
    for (const viewport of [DESK, PHONE, ENLARGED]) {
      const { page, context } = await chatting(browser, { viewport, api: { session: session(), webhook: answers([{ text: 'FIRST words. ' + 'and more '.repeat(400) }]) } })
      await say(page, 'hello')
      const [top, bar] = await page.evaluate(() => {
        const root = document.querySelector('frontdoor-chat').shadowRoot
        return [root.querySelector('.log .turn:last-child').getBoundingClientRect().top, root.querySelector('.top').getBoundingClientRect().bottom]
      })
      assert.ok(top >= bar - 1 && top < bar + 60, `the answer begins at ${top}, the bar ends at ${bar}`)
      await context.close()
    }
  },

  async 'wide spacing of text hides nothing' (browser) {
    const { page } = await chatting(browser, { viewport: PHONE, api: { session: session(), webhook: answers(WHICH) } })
    await page.evaluate(() => {
      for (const root of [document, document.querySelector('frontdoor-chat').shadowRoot]) {
        const sheet = new CSSStyleSheet()
        sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }')
        root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
      }
    })
    await say(page, 'hello')
    const cut = await page.evaluate(() => [...document.querySelector('frontdoor-chat').shadowRoot.querySelectorAll('.panel *')]
      .filter(e => e.checkVisibility() && !e.matches('.apart, .scroll, textarea, svg, path') && (e.scrollWidth > e.clientWidth + 1) && getComputedStyle(e).overflow === 'hidden').map(e => e.className))
    assert.deepEqual(cut, [])
    await noSidewaysScroll(page)
  },

  async 'everything to press is large enough' (browser) {
    for (const path of ['/', '/help', '/accessibility', '/help/chat', '/help/tell']) {
      const { page, context } = await visit(browser, { path, viewport: SMALL, api: { session: session(), webhook: 'broken' } })
      assert.deepEqual(await tooSmall(page), [], path)
      if (path === '/') { await open(page); await say(page, 'x'); assert.deepEqual(await tooSmall(page), []) }
      await context.close()
    }
  },

  async 'enforced colours keep the edges of everything to press' (browser) {
    const { page } = await chatting(browser, { forcedColors: 'active', api: { session: session(), webhook: answers(URGENT) } })
    await say(page, 'x')
    const borders = await page.$$eval('.panel .leave, .close, .send, textarea, .bubble', all => all.filter(e => e.checkVisibility()).map(e => getComputedStyle(e).borderTopStyle + getComputedStyle(e).borderTopWidth))
    assert.ok(borders.length >= 6 && borders.every(border => !border.startsWith('none') && !border.endsWith(' 0px') && !border.endsWith('e0px')), String(borders))
    await axeFindsNothing(page)
  },

  async 'nothing moves' (browser) {
    const { page } = await chatting(browser, { api: { session: session(), webhook: never } })
    await say(page, 'x', { wait: false })
    assert.equal(await page.evaluate(() => document.getAnimations().length), 0)
  },

  async 'there is no time limit: an hour later the chat and the words are still there' (browser) {
    const { page } = await chatting(browser, { before: page => page.clock.install(), api: { session: session() } })
    await page.fill('#box', 'slowly')
    await page.clock.runFor(3_600_000)
    assert.equal(await box(page), 'slowly')
    assert.equal(await page.isVisible('.panel'), true)
  },

  async 'axe finds nothing in any state of the chat, in light and in dark, small and large' (browser) {
    for (const colorScheme of ['light', 'dark']) {
      for (const viewport of [DESK, SMALL]) {
        let webhook = answers([{ text: 'See www.plymouth.gov.uk\n\n- one\n- two', buttons: HELLO[0].buttons, custom: { sources: [{ title: 'A report', link: 'https://www.plymouthscp.co.uk' }] } }])
        const { page, context } = await visit(browser, { viewport, colorScheme, api: { session: session(), webhook: () => webhook, history: answers(HELLO.map(m => ({ from: 'bot', ...m }))) } })
        const where = state => `${state} ${colorScheme} ${viewport.width}`
        await axeFindsNothing(page, where('closed'))
        await open(page)
        await axeFindsNothing(page, where('greeting'))
        await say(page, 'hello')
        await axeFindsNothing(page, where('answer'))
        webhook = answers(URGENT)
        await say(page, 'danger')
        await axeFindsNothing(page, where('urgent'))
        webhook = 'broken'
        await say(page, 'again')
        await axeFindsNothing(page, where('trouble'))
        await page.reload()
        await open(page)
        await axeFindsNothing(page, where('redrawn'))
        await context.close()
      }
    }
  },

  async 'axe finds nothing while an answer is written' (browser) {
    const { page } = await chatting(browser, { api: { session: session(), webhook: never } })
    await say(page, 'hello', { wait: false })
    await axeFindsNothing(page)
  },

  async 'axe finds nothing on any page, in light and in dark' (browser) {
    for (const colorScheme of ['light', 'dark']) {
      for (const path of ['/', '/help', '/accessibility', '/help/chat', '/help/tell', '/no-such-page']) {
        const { page, context } = await visit(browser, { path, colorScheme, viewport: SMALL })
        await axeFindsNothing(page, `${path} ${colorScheme}`)
        await context.close()
      }
    }
  },

  async 'the skip link goes where it says' (browser) {
    const { page } = await visit(browser)
    await page.focus('.skip a')
    assert.ok(await page.isVisible('.skip a'))
    await page.keyboard.press('Enter')
    assert.equal(await page.evaluate(() => document.activeElement.id), 'numbers')
  }
}
