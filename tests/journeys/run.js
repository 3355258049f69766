// Walks the journeys in one real browser. Prints one JSON line a journey: {"name", "ok", "seconds", "error"}.
// Run by test_journeys.py. By hand: FRONTDOOR_URL=http://localhost:5005 node run.js [part of a name]
'use strict'
const assert = require('node:assert/strict')
const { chromium } = require('playwright-core')
const { BASE, AWAY } = require('./lib')

const ARGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync']
const PARTS = ['access', 'plain', 'answering', 'leaving', 'trouble', 'talking', 'whole', 'saving', 'embedding']
const LANES = 2 // journeys wait more than they work

async function main () {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ARGS })
  const only = process.argv[2] || ''
  const waiting = [...PARTS]
  const lane = async () => {
    for (let part = waiting.shift(); part; part = waiting.shift()) {
      for (const [name, walk] of Object.entries(require('./' + part + '.js'))) {
        if (!`${part}: ${name}`.includes(only)) continue
        console.log(JSON.stringify({ name, ...await walked(browser, walk) }))
      }
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  if (process.env.PICTURES) await require('./pictures').take(browser, process.env.PICTURES)
  await browser.close()
}

async function walked (browser, walk) {
  const visits = []
  const seen = []
  const watched = {
    async newContext (options) {
      const context = await browser.newContext(options)
      visits.push(context)
      context.on('request', request => seen.push(request.url()))
      context.on('weberror', error => seen.push(String(error.error())))
      context.on('console', message => { if (/content security policy|trusted ?types|refused to/i.test(message.text())) seen.push(message.text()) })
      return context
    }
  }
  const started = Date.now()
  let error = null
  try {
    await Promise.race([walk(watched), new Promise((resolve, reject) => setTimeout(reject, 150_000, new Error('took over two and a half minutes')).unref())])
    // whatever the journey: nothing from elsewhere, nothing blocked, no script error
    const home = url => [BASE + '/', 'http://127.0.0.1:', 'http://localhost:'].some(start => url.startsWith(start)) || url === AWAY
    assert.deepEqual(seen.filter(url => !home(url)), [], 'requests to elsewhere, something blocked, or script errors')
  } catch (caught) { error = String(caught.stack || caught) }
  await Promise.all(visits.map(context => context.close().catch(() => {})))
  return { ok: error === null, seconds: (Date.now() - started) / 1000, error }
}

main().then(() => process.exit(0), error => { console.error(error); process.exit(1) })
