// Answers on their way: sent one batch after another, again and again until the server has them.
// Taps survive a reload in sessionStorage. What somebody typed waits in this page only.
const KEPT = 'lab-taps'
const TYPED = ['suggest', 'task']
const AGAIN = 3000 // milliseconds
const MOST = 50

export function makeQueue ({ token, tell }) {
  let waiting = read()
  let sending = false
  let over = false

  function add (answer) {
    waiting.push({ id: crypto.randomUUID?.() ?? uuid(), ...answer })
    write()
    send()
  }

  async function send () {
    if (sending || over || !waiting.length) return
    sending = true
    tell('sending')
    const batch = waiting.slice(0, MOST)
    let reply
    try {
      reply = await fetch('/lab/answers', { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-CSRFToken': token },
        body: JSON.stringify({ answers: batch }), signal: AbortSignal.timeout(15000) })
      if (reply.status >= 500 || reply.status === 429) throw new Error('later')
    } catch {
      sending = false
      tell('waiting')
      setTimeout(send, AGAIN)
      return
    }
    sending = false
    if (!reply.ok) {
      over = true
      tell(reply.status === 403 ? 'ended' : 'old_page')
      return
    }
    const { kept, help } = await reply.json()
    waiting = waiting.filter(one => !kept.includes(one.id))
    write()
    tell(waiting.length ? 'sending' : batch.some(one => TYPED.includes(one.kind)) ? 'sent' : 'all_kept', help)
    send()
  }

  function write () {
    try { sessionStorage.setItem(KEPT, JSON.stringify(waiting.filter(one => !TYPED.includes(one.kind)))) } catch { /* kept in the page all the same */ }
  }

  function forget () {
    waiting = []
    over = true
    sessionStorage.removeItem(KEPT)
  }

  addEventListener('online', send)
  send()
  return { add, forget, holdsWords: () => waiting.some(one => TYPED.includes(one.kind)) }
}

function read () {
  try { return JSON.parse(sessionStorage.getItem(KEPT)) ?? [] } catch { return [] }
}

/** For pages without TLS, where the browser has no randomUUID. */
function uuid () {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6] & 15) | 64
  bytes[8] = (bytes[8] & 63) | 128
  const hex = [...bytes].map(b => b.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
