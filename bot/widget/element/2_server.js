// Asking the server. Only the opaque id is kept, in sessionStorage; never a word of what people say.
const API = BASE + '/webhooks/website/'
const KEY = 'frontdoor'
const WAIT = 9000 // milliseconds until the help lines are shown
let session = recall()

function recall () {
  try { return sessionStorage.getItem(KEY) } catch { return null } // storage can be switched off
}

function remember (id) {
  session = id
  try { id ? sessionStorage.setItem(KEY, id) : sessionStorage.removeItem(KEY) } catch { /* this page still knows it */ }
}

function request (path, body, options = {}) {
  return fetch(API + path, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
    cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer', ...options
  })
}

/** One call with the time limit, over the answer's body too. Status 0: no answer that can be read. */
async function call (path, body) {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), WAIT)
  try {
    const response = await request(path, body, { signal: stop.signal })
    return { status: response.status, answer: await response.json() }
  } catch {
    return { status: 0, answer: null }
  } finally {
    clearTimeout(timer)
  }
}

/** Have the server forget the chat, while the page goes away. */
function endSession () {
  const plain = document.querySelector('[data-frontdoor-session]') // the chat in plain pages, while its own page is open
  for (const id of [session, plain && plain.value]) {
    if (id) request('session', { session: id }, { method: 'DELETE', keepalive: true }).catch(() => {})
  }
  remember(null)
}

/** What there is to show in an answer, or nothing: an empty answer is a failure. */
function readable (answer) {
  return Array.isArray(answer) ? answer.filter(message => message && typeof message.text === 'string' && message.text.trim()) : []
}

/** The messages of a refusal. They begin with danger if the server heard any; the error alone would leave that out. */
function saidIn (answer) {
  const all = readable(answer && answer.messages)
  const reason = answer && answer.error && answer.error.message
  return all.length || typeof reason !== 'string' ? all : [{ text: reason }]
}
