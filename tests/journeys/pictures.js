// Pictures of every state, for people to look at: on a phone and a desk, in light and in dark.
'use strict'
const path = require('node:path')
const { DESK, PHONE, ENLARGED, answers, session, never, visit, open, say, choose } = require('./lib')

const RTL = [{ text: 'اتصل الآن. قل اسم لغتك.', custom: { lang: 'ar', urgent: true } }, { text: 'Danger now: say your language and “interpreter”.' }]
const SOURCES = [{ text: 'The partnership looked at neglect in 2022.', custom: { sources: [{ title: 'Annual Report 2021-2022', section: 'Neglect', date: 'published 2022', link: 'https://www.plymouthscp.co.uk' }] } }]
const asks = (input, text) => answers([{ text, custom: { contact: true, input } }])
const inChat = (act, options = {}) => async (browser, look) => {
  const { page } = await visit(browser, { ...look, ...options })
  await open(page)
  await act(page)
  return page
}
const onPage = (address, act = async () => {}, options = {}) => async (browser, look) => {
  const { page } = await visit(browser, { ...look, ...options, path: address })
  await act(page)
  return page
}
const press = (page, name) => Promise.all([page.waitForEvent('load'), page.click(`button:has-text("${name}")`)])
const gate = async page => {
  await page.check('input[name="danger"][value="no"]')
  await page.check('input[name="who"][value="public"]')
  await press(page, 'Carry on')
}
const toCheck = async page => {
  await gate(page)
  await page.fill('#worry', 'He is out on the street until ten most nights.\nHe says nobody is in.')
  await press(page, 'Carry on')
  await page.fill('#child', 'Robin')
  await page.fill('#birth-words', 'about 7')
  for (let i = 0; i < 20 && !(await page.innerText('main')).includes('Check your answers'); i++) await press(page, 'Carry on')
}

/** name -> how to get there. `true` at the end: the whole page, not only what is in view. */
const STATES = {
  'first-page': [onPage('/'), true],
  'help': [onPage('/help'), true],
  'accessibility': [onPage('/accessibility'), true],
  'no-such-page': [onPage('/nowhere'), false],
  'chat-greeting': [inChat(async () => {})],
  'chat-answer': [inChat(page => say(page, 'what are the ten wishes'))],
  'chat-choices': [inChat(page => choose(page, "I'm worried about a child"))],
  'chat-urgent': [inChat(page => say(page, 'my stepdad is hitting my mum right now'))],
  'chat-suicide': [inChat(page => say(page, 'i have taken all the tablets and i want to die'))],
  'chat-sources': [inChat(page => say(page, 'neglect?'), { api: { session: session(), webhook: answers(SOURCES) } })],
  'chat-right-to-left': [inChat(page => say(page, 'مرحبا'), { api: { session: session(), webhook: answers(RTL) } })],
  'chat-writing': [inChat(async page => { await say(page, 'hello', { wait: false }); await page.waitForTimeout(800) }, { api: { session: session(), webhook: never } })],
  'chat-server-down': [inChat(page => say(page, 'Are you there? I wrote a lot.'), { api: { session: session(), webhook: 'broken' } })],
  'chat-offline': [inChat(async page => { await page.context().setOffline(true); await say(page, 'Are you there?') })],
  'chat-date': [inChat(page => say(page, 'x'), { api: { session: session(), webhook: asks({ kind: 'date', label: 'Date of birth' }, 'What is the child’s date of birth?') } })],
  'chat-date-error': [inChat(async page => { await say(page, 'x'); await page.fill('#day', '31'); await page.click('.send') }, { api: { session: session(), webhook: asks({ kind: 'date', label: 'Date of birth' }, 'What is the child’s date of birth?') } })],
  'chat-phone': [inChat(page => say(page, 'x'), { api: { session: session(), webhook: asks({ kind: 'phone', label: 'Your phone number' }, 'What is your phone number?') } })],
  'chat-long': [inChat(async page => { await say(page, 'x'); await page.fill('#box', 'He is out on the street until ten most nights. '.repeat(6)) }, { api: { session: session(), webhook: asks({ kind: 'long', label: 'The worry' }, 'What have you seen or heard that worries you?') } })],
  'chat-shift': [inChat(async page => { await page.keyboard.press('Shift'); await page.focus('.panel .leave') })],
  'talk-empty': [onPage('/help/chat')],
  'talk-urgent': [onPage('/help/chat', async page => { await page.fill('#message', 'he is hitting my mum right now'); await press(page, 'Send') }), true],
  'tell-start': [onPage('/help/tell'), true],
  'tell-questions': [onPage('/help/tell', gate), true],
  'tell-error': [onPage('/help/tell', async page => { await gate(page); await press(page, 'Carry on') }), true],
  'tell-child': [onPage('/help/tell', async page => { await gate(page); await page.fill('#worry', 'He is out most nights.'); await press(page, 'Carry on') }), true],
  'tell-urgent': [onPage('/help/tell', async page => { await gate(page); await page.fill('#worry', 'he is hitting her right now'); await press(page, 'Carry on') }), true],
  'tell-check': [onPage('/help/tell', toCheck), true],
  'tell-sent': [onPage('/help/tell', async page => { await toCheck(page); await press(page, 'Yes, send it') }), true],
  'tell-stopped': [onPage('/help/tell', async page => { await gate(page); await press(page, 'Stop and delete') })]
}
const LOOKS = {
  'phone-light': { viewport: PHONE, colorScheme: 'light' },
  'phone-dark': { viewport: PHONE, colorScheme: 'dark' },
  'desk-light': { viewport: DESK, colorScheme: 'light' },
  'desk-dark': { viewport: DESK, colorScheme: 'dark' }
}
const MORE = { 'enlarged-400': { viewport: ENLARGED }, 'forced-colours': { viewport: PHONE, forcedColors: 'active' } } // a few states are enough

async function take (browser, folder) {
  for (const [look, options] of Object.entries({ ...LOOKS, ...MORE })) {
    for (const [name, [arrive, whole = false]] of Object.entries(STATES)) {
      if (look in MORE && !['chat-greeting', 'chat-urgent', 'first-page', 'tell-error'].includes(name)) continue
      if (process.env.ONLY && !`${name}-${look}`.includes(process.env.ONLY)) continue
      const page = await arrive(browser, options)
      const file = { path: path.join(folder, `${name}-${look}.png`), fullPage: whole && !(look in MORE) }
      await page.screenshot(file).catch(() => page.screenshot(file)) // a busy machine sometimes misses the first one
      await page.context().close()
    }
  }
}

module.exports = { take }
