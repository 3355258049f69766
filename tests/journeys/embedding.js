// On somebody else's site: another origin, a strict policy, its own styles; the example that people copy.
'use strict'
const fs = require('node:fs')
const http = require('node:http')
const path = require('node:path')
const { assert, BASE, PHONE, visit, open, say, said, last, away, axeFindsNothing, noSidewaysScroll, asleep } = require('./lib')

const WIDGET = path.join(__dirname, '../../bot/widget')
const readme = fs.readFileSync(path.join(WIDGET, 'README.md'), 'utf8')
const here = text => text.replaceAll('https://chat.example.org', BASE)
const POLICY = here(readme.match(/Content-Security-Policy: ([\s\S]*?)\n```/)[1].replace(/\s+/g, ' '))
const EXAMPLE = here(fs.readFileSync(path.join(WIDGET, 'examples/plain.html'), 'utf8'))
const PORT = Number(process.env.OTHER_SITE_PORT || 5261)
const ROUGH = 'html { font-size: 62.5% } * { letter-spacing: 3px } p, button, a, li { color: red; font: 9px serif; text-transform: uppercase } [class] { display: none } section { position: static !important }'

/** Another site, for as long as `walk` takes. `change` alters the example page. */
async function elsewhere (walk, change = html => html) {
  const server = http.createServer((request, response) => {
    if (request.url === '/site.css') return response.writeHead(200, { 'Content-Type': 'text/css' }).end(ROUGH)
    response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Security-Policy': POLICY }).end(change(EXAMPLE))
  })
  await new Promise(resolve => server.listen(PORT, '127.0.0.1', resolve))
  try { await walk(`http://127.0.0.1:${PORT}`) } finally { server.closeAllConnections(); await new Promise(resolve => server.close(resolve)) }
}

module.exports = {
  'the example page works on another site with the strict policy that we publish': browser => elsewhere(async base => {
    const { page } = await visit(browser, { base })
    await page.click('[data-frontdoor-open]')
    await page.waitForSelector('.choices button')
    await say(page, 'what are the ten wishes')
    assert.match(await last(page), /Computer/)
    await axeFindsNothing(page)
    assert.equal(await page.$eval('.panel', panel => getComputedStyle(panel).position), 'fixed', 'its styles are not blocked')
  }),

  'leaving another site ends the chat on our server': browser => elsewhere(async base => {
    const { page, context } = await visit(browser, { base })
    await open(page)
    const id = await page.evaluate(() => sessionStorage.getItem('frontdoor'))
    await page.click('.panel .leave')
    await away(page)
    let status = 200
    for (let i = 0; i < 40 && status === 200; i++) {
      status = (await context.request.post(BASE + '/webhooks/website/history', { data: { session: id } })).status()
      await asleep(50)
    }
    assert.equal(status, 401)
    await page.goto(base)
    assert.equal(await page.evaluate(() => sessionStorage.length), 0)
  }),

  'a form is saved from another site too, past its strict policy': browser => elsewhere(async base => {
    const headers = { 'access-control-allow-origin': base, 'access-control-allow-headers': 'content-type' }
    const { page } = await visit(browser, {
      base,
      api: { webhook: { headers, json: [{ text: 'Is it right?', custom: { form_files: ['docx'] } }] }, form: { headers, body: 'PK the file' } }
    })
    await open(page)
    await say(page, 'x')
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('.files button')])
    assert.equal(fs.readFileSync(await file.path(), 'utf8'), 'PK the file')
    assert.equal(page.url(), base + '/')
  }),

  'a site with rough styles of its own does not reach into the chat': browser => elsewhere(async base => {
    const { page } = await visit(browser, { base, viewport: PHONE })
    await open(page)
    await say(page, 'hello')
    const look = await page.$eval('.log .turn:last-child .bubble p', p => { const style = getComputedStyle(p); return [parseFloat(style.fontSize) >= 16, style.textTransform, style.color !== 'rgb(255, 0, 0)'] })
    assert.deepEqual(look, [true, 'none', true])
    await noSidewaysScroll(page)
  }, html => html.replace('</head>', '<link rel="stylesheet" href="/site.css"></head>').replace('<main>', '<main id="m">')),

  'while the chat is open the tab gives nothing away, and afterwards it is as before': browser => elsewhere(async base => {
    const { page } = await visit(browser, { base })
    assert.equal(await page.title(), 'Our page')
    await open(page)
    assert.equal(await page.title(), 'Information and advice')
    assert.match(await page.getAttribute('link[rel="icon"]', 'href'), /\/icon\.svg$/)
    await page.click('.close')
    assert.equal(await page.title(), 'Our page')
    assert.equal(await page.locator('link[rel="icon"]').count(), 0)
  }),

  'a site that is not named may not use the door, and people still get the numbers': browser => elsewhere(async () => {
    const { page } = await visit(browser, { base: `http://localhost:${PORT}` }) // another origin than the one that is allowed
    await page.click('.launcher')
    await page.waitForSelector('.trouble a[href^="tel:"]')
    assert.equal((await said(page)).length, 1)
  }),

  'our own button can be left out, and the side and the colour chosen': browser => elsewhere(async base => {
    const { page } = await visit(browser, { base })
    assert.equal(await page.isVisible('.launcher'), false)
    await page.evaluate(() => document.querySelector('frontdoor-chat').style.setProperty('--frontdoor-accent', 'rgb(59, 42, 107)'))
    await page.click('[data-frontdoor-open]')
    await page.waitForSelector('.choices button')
    assert.ok(await page.$eval('.panel', panel => panel.getBoundingClientRect().left < 100))
    assert.equal(await page.$eval('.send', send => getComputedStyle(send).backgroundColor), 'rgb(59, 42, 107)')
  }, html => html.replace('data-neutral', 'data-launcher="off" data-position="left"')),

  'the WordPress example prints what the plain example shows': async () => {
    const plugin = fs.readFileSync(path.join(WIDGET, 'examples/frontdoor-chat.php'), 'utf8')
    const plain = fs.readFileSync(path.join(WIDGET, 'examples/plain.html'), 'utf8')
    const filled = plugin.replace('%s/widget.js', 'https://chat.example.org/widget.js').replace('href="%s" rel', 'href="https://www.bbc.co.uk/weather" rel')
    for (const snippet of [/<a href="https:\/\/www[^>]*data-frontdoor-leave>[^<]*<\/a>/, /<script src="https:\/\/chat[^>]*><\/script>/]) {
      assert.equal(filled.match(snippet)[0], plain.match(snippet)[0])
    }
  }
}
