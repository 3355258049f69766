// A page of another site asks the door for things it refuses. Prints one JSON line: what the page could read, by name.
'use strict'
const http = require('node:http')
const { chromium } = require('playwright-core')
const { BASE } = require('./lib')

const OTHER = Number(process.env.OTHER_SITE_PORT)
const DOOR = `${BASE}/webhooks/website`
const json = body => ({ method: 'POST', headers: { 'Content-Type': 'application/json' }, body: typeof body === 'string' ? body : JSON.stringify(body) })

/** In the page, with its own fetch and its own rights: the status and the answer, or why there was nothing to read. */
const read = (page, url, options) => page.evaluate(async ([url, options]) => {
  try {
    const reply = await fetch(url, options)
    return { status: reply.status, text: await reply.text() }
  } catch (error) { return { status: 0, text: String(error) } }
}, [url, options])

async function main () {
  const server = http.createServer((_, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<title>Another site</title>'))
  await new Promise(resolve => server.listen(OTHER, '127.0.0.1', resolve))
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--headless', '--no-sandbox', '--disable-gpu'] })
  const found = {}
  for (const [site, host] of [['named', '127.0.0.1'], ['other', 'localhost']]) {
    const page = await browser.newPage()
    await page.goto(`http://${host}:${OTHER}/`)
    const begun = await read(page, `${DOOR}/session`, json({}))
    const session = begun.status === 201 ? JSON.parse(begun.text).session : 'none'
    const say = message => read(page, `${DOOR}/webhook`, json({ session, message }))
    found[site] = {
      begun,
      'not json': await read(page, `${DOOR}/webhook`, json('{"message": "he is strangling my sister right now"')),
      'too long': await say('word '.repeat(2000)),
      'a long body': await say('word '.repeat(20_000)),
      'a very long body': await say('word '.repeat(500_000)),
      'no such session': await read(page, `${DOOR}/webhook`, json({ session: 'unknown', message: 'hello' })),
      'no such page': await read(page, `${DOOR}/nothing`, { method: 'POST', body: 'x' }),
      broken: await read(page, `${DOOR}/history`, json({ session }))
    }
    let last
    for (let n = 0; n < 8; n++) last = await say('hello')
    found[site]['too many'] = last
    await page.close()
  }
  console.log(JSON.stringify(found))
  await browser.close()
  server.close()
}

main().catch(error => { console.error(error); process.exit(1) })
