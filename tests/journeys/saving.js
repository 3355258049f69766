// A practitioner takes the MASH Contact form away as a file, at the check and before sending.
'use strict'
const fs = require('node:fs')
const { assert, BASE, PHONE, visit, open, last, choose, choices, axeFindsNothing, noSidewaysScroll, tooSmall } = require('./lib')

const WORRY = 'He comes in hungry and tired most days.'
const SAID = { danger: 'no', who: "it's part of my job", urgent: 'no', worry: WORRY, child: 'Robin Testchild', told: 'yes', consent: 'yes', consent_by: 'mum, on Friday', you: 'Alex Sampleson', role: 'class teacher', agency: 'Pretend Primary', email: 'alex@primary.example', more_children: 'no', responsibility: 'yes', staff_risk: 'no' }

async function ask (path, body) {
  const response = await fetch(`${BASE}/webhooks/website/${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })
  return response.json()
}

/** A practitioner's contact on the real service, answered up to its check; and the page of the same tab. */
async function atTheCheck (browser, options = {}) {
  const { session } = await ask('session', {})
  let said = await ask('webhook', { session, message: 'can you write down a worry about a child for me? it is not urgent' })
  for (let i = 0; i < 40 && !said.some(message => message.custom?.form_files); i++) {
    const key = said.at(-1).custom?.key || ''
    const asked = key.split(/ask_|need_/)[1]?.replace(/_(practitioner|child)$/, '').replace('child_', '')
    said = await ask('webhook', { session, message: SAID[asked] || (/yes or no/i.test(said.at(-1).text) ? 'no' : 'skip') })
  }
  const visited = await visit(browser, { ...options, before: page => page.addInitScript(id => sessionStorage.setItem('frontdoor', id), session) })
  await open(visited.page)
  return visited
}

const saved = async (page, name) => {
  const [file] = await Promise.all([page.waitForEvent('download'), page.click(`.files button:has-text("${name}")`)])
  return { name: file.suggestedFilename(), content: fs.readFileSync(await file.path()) }
}

module.exports = {
  async 'a practitioner saves the form as Word and as data, and the page stays' (browser) {
    const { page, requests } = await atTheCheck(browser)
    assert.match(await page.innerText('.files'), /Take the form away as a file/)
    const word = await saved(page, 'Word')
    assert.equal(word.name, 'mash-contact.docx')
    assert.equal(word.content.subarray(0, 2).toString(), 'PK', 'a Word document')
    const data = await saved(page, 'JSON')
    assert.equal(data.name, 'mash-contact.json')
    assert.equal(JSON.parse(data.content).contact.answers.agency.said, 'Pretend Primary')
    assert.ok(data.content.includes(WORRY))
    assert.match(await page.innerText('.files [role=status]'), /Leave now” does not delete it/)
    assert.equal(page.url(), BASE + '/', 'nothing was opened')
    assert.ok(requests.every(request => !/Robin|hungry/i.test(decodeURIComponent(request.url()))), 'no word in an address')
    assert.equal(requests.filter(request => request.url().endsWith('/form') && request.method() === 'POST').length, 2)
    await axeFindsNothing(page, 'the check of a practitioner')
    assert.ok((await choices(page)).includes('Yes, send it'))
    await choose(page, 'Yes, send it')
    assert.match(await page.innerText('.log'), /[A-Z0-9]{4}-[A-Z0-9]{4}/)
    assert.equal(await page.isVisible('.files'), false, 'after sending there is no form to save')
  },

  async 'on a phone the buttons of the file fit' (browser) {
    const { page } = await atTheCheck(browser, { viewport: PHONE })
    await noSidewaysScroll(page)
    assert.deepEqual(await tooSmall(page), [])
  },

  async 'a file that cannot be made is said, and nothing is lost' (browser) {
    const { page, context } = await atTheCheck(browser)
    const check = await last(page).catch(() => '')
    await context.setOffline(true)
    await page.click('.files button')
    await page.waitForFunction(() => /could not be made/.test(document.querySelector('frontdoor-chat').shadowRoot.querySelector('.files [role=status]').textContent))
    await context.setOffline(false)
    assert.equal((await saved(page, 'Word')).name, 'mash-contact.docx')
    assert.equal(await last(page).catch(() => ''), check)
  },

  async 'a form that is not there any more is explained in the words of the server' (browser) {
    const { page } = await atTheCheck(browser, {})
    await page.evaluate(async () => {
      const session = sessionStorage.getItem('frontdoor')
      await fetch('/webhooks/website/webhook', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ session, message: 'stop' }) })
    })
    await page.click('.files button')
    await page.waitForFunction(() => /no contact to make a form from/.test(document.querySelector('frontdoor-chat').shadowRoot.querySelector('.files [role=status]').textContent))
  }
}
