// Leaving, then the chat. Nothing that a person types is kept: sessionStorage holds the chat's id only.
const API = '/webhooks/website/'
const KEY = 'chat'
const WAIT = 8000 // milliseconds until the help lines are shown
const SHIFT_WINDOW = 4000
const byId = id => document.getElementById(id)

let session = recall()
let left = false

function recall () {
  try { return sessionStorage.getItem(KEY) } catch { return null } // storage can be switched off
}

function remember (id) {
  session = id
  try { id ? sessionStorage.setItem(KEY, id) : sessionStorage.removeItem(KEY) } catch { /* this page still knows it */ }
}

function request (path, body, options = {}) {
  return fetch(API + path, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body), cache: 'no-store', ...options
  })
}

// ---- Leaving: hide, forget, go. Nothing is waited for, and no failure may stop the going. ----

const exit = byId('leave')
const away = exit.href
let shifts = []

function leave (event) {
  if (event) event.preventDefault()
  left = true
  document.body.textContent = ''
  document.documentElement.style.background = '#fff'
  try {
    sessionStorage.clear()
    if (session) request('session', { session }, { method: 'DELETE', keepalive: true }).catch(() => {})
  } catch { /* go all the same */ }
  location.replace(away) // not assign(): Back shall not return here
}

exit.addEventListener('click', leave)

addEventListener('keydown', event => {
  if (event.repeat) return
  const alone = event.key === 'Shift' && !event.ctrlKey && !event.altKey && !event.metaKey
  // any other key starts the count again, so capital letters never add up to leaving
  shifts = alone ? [...shifts.filter(at => event.timeStamp - at < SHIFT_WINDOW), event.timeStamp] : []
  if (shifts.length >= 3) leave()
}, true)

// a browser may bring the whole page back from its memory
addEventListener('pageshow', event => { if (event.persisted && left) location.replace(away) })

// what only the script can do is promised only by the script; text browsers show even hidden words
document.querySelectorAll('[data-script]').forEach(element => { element.textContent = element.dataset.script })

// ---- The chat ----

const chat = byId('chat')
const [log, messages, earlier, choices, status, form, box, send] =
  ['log', 'messages', 'earlier', 'choices', 'status', 'form', 'box', 'send'].map(byId)
const numbers = chat ? JSON.parse(chat.dataset.numbers) : {} // as people read them -> tel: or sms:
const linkable = new RegExp([
  '(?:https?://|www\\.)[^\\s<>"]*[^\\s<>".,;:!?)\\]’”\']',
  ...Object.keys(numbers).sort((a, b) => b.length - a.length)
    .map(number => number.replace(/ /g, '[ \\u00a0]?') + '(?![\\w]|[ \\u00a0]?\\d)')
].join('|'), 'gi')
const hrefs = Object.fromEntries(Object.entries(numbers).map(([number, href]) => [number.replace(/ /g, ''), href]))
let busy = false

function element (tag, className, text = '') {
  const made = document.createElement(tag)
  made.className = className
  made.textContent = text
  return made
}

/** The words as text, with known numbers and web addresses as links. Never as HTML. */
function words (text) {
  const paragraph = element('p', 'words')
  let done = 0
  for (const match of text.matchAll(linkable)) {
    // part of a longer number or word is not a number to ring
    if (/[\w.£]$|\d[ \u00a0]$/.test(text.slice(0, match.index))) continue
    const found = match[0]
    const link = element('a', '', found)
    link.href = hrefs[found.replace(/[ \u00a0]/g, '')] || (/^www/i.test(found) ? 'https://' + found : found)
    link.rel = 'noreferrer'
    paragraph.append(text.slice(done, match.index), link)
    done = match.index + found.length
  }
  paragraph.append(text.slice(done))
  return paragraph
}

function show (from, text, list = messages) {
  const item = element('li', from)
  item.append(element('span', 'who', from === 'you' ? 'You' : 'Computer'))
  item.append(from === 'you' ? element('p', 'words', text) : words(text))
  list.append(item)
  return item
}

function showChoices (buttons) {
  choices.replaceChildren(...buttons.map(({ title, payload }) => {
    const button = element('button', '', title)
    button.type = 'button'
    button.addEventListener('click', () => say(payload, title))
    return button
  }))
  choices.hidden = buttons.length === 0
  status.textContent = buttons.length ? 'Choose one of these, or write your own words.' : ''
}

/** What there is to show in an answer, or nothing: an empty answer is a failure. */
function readable (answer) {
  return Array.isArray(answer) ? answer.filter(m => m && typeof m.text === 'string' && m.text.trim()) : []
}

function buttonsOf (replies) {
  return replies.flatMap(reply => reply.buttons || []).filter(button => button.title && button.payload)
}

function draw (replies) {
  const items = replies.map(reply => show('bot', reply.text))
  showChoices(buttonsOf(replies))
  return items[0]
}

/** Show the box if it fits, but never at the price of the first words of the answer. */
function bringIntoView (item) {
  form.scrollIntoView({ block: 'nearest' })
  if (item.getBoundingClientRect().top < exit.getBoundingClientRect().bottom) item.scrollIntoView({ block: 'start' })
}

/** What the server said, first of all about danger; the help lines, which are in this page, unless it gave numbers itself. */
function showTrouble (said, note) {
  const before = [...messages.querySelectorAll('.refusal')]
  const items = said.map(text => show('bot', text))
  for (const item of items) {
    item.classList.add('refusal')
    const same = old => old.querySelector('.words').textContent === item.querySelector('.words').textContent
    before.filter(same).forEach(old => old.remove()) // said again, not piled up
  }
  if (!items.some(item => item.querySelector('a[href^="tel:"]'))) {
    const item = element('li', 'bot help-lines')
    item.append(byId('help-lines').content.cloneNode(true))
    messages.append(item)
    items.push(item)
  }
  if (note) items[items.length - 1].append(element('p', 'note', note))
  return items[0]
}

function setBusy (now, words = '') {
  busy = now
  // aria-disabled and not disabled: the keyboard's place on the page is not lost
  for (const button of [send, ...choices.children]) button.setAttribute('aria-disabled', String(now))
  status.textContent = words || (choices.hidden ? '' : 'Choose one of these, or write your own words.')
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

/** The words of a refusal. `messages` begins with danger if the server heard any; the error alone would leave that out. */
function saidIn (answer) {
  const all = readable(answer && answer.messages).map(message => message.text)
  const reason = answer && answer.error && answer.error.message
  return all.length || typeof reason !== 'string' ? all : [reason]
}

/** Open a new chat. Returns its greeting, or nothing if that failed. */
async function open () {
  remember(null)
  const { answer } = await call('session', {})
  if (left || !answer || !answer.session) return { greeting: [], said: saidIn(answer) }
  remember(answer.session)
  return { greeting: readable(answer.greeting), said: [] }
}

/** Say one thing. What was typed goes back into the box if no answer came. */
async function say (message, title) {
  if (busy) return
  setBusy(true, 'Writing an answer…')
  const chosen = choices.contains(document.activeElement)
  messages.querySelectorAll('.help-lines').forEach(item => item.remove()) // never two in a row
  const mine = show('you', title || message)
  if (!title) box.value = ''
  mine.scrollIntoView({ block: 'nearest' })

  let said = []
  if (!session) said = (await open()).said
  const { status: code, answer } = session ? await call('webhook', { session, message }) : { status: 0, answer: null }
  if (left) return
  const replies = code === 200 ? readable(answer) : []
  let first
  if (replies.length) {
    first = draw(replies)
  } else {
    mine.remove()
    if (!title) box.value = box.value ? message + '\n' + box.value : message
    const kept = title ? '' : 'Your words are still in the box. You can send them again.'
    said = [...said, ...saidIn(answer)]
    if (code === 401) {
      // its words are shown even so: the server looked for danger in the message before it refused it
      await open()
      if (left) return
      showChoices([])
      first = showTrouble(said, session ? 'That chat has ended, so a new one has started. ' + kept : kept)
    } else {
      first = showTrouble(said, kept)
    }
  }
  setBusy(false)
  if (chosen) (choices.hidden ? log : choices).focus({ preventScroll: true })
  bringIntoView(first)
}

function submit () {
  if (box.value.trim()) return say(box.value)
  if (!busy) status.textContent = 'The box is empty. Write a few words first.'
  box.focus()
}

/** Earlier messages go into a list of their own, outside the live log: a screen reader does not read them all out again. */
async function redraw () {
  const { status: code, answer } = await call('history', { session })
  if (left) return
  if (code === 401) return begin('Your earlier chat has ended. This is a new one.')
  const past = code === 200 ? readable(answer) : []
  if (code !== 200) return showTrouble(saidIn(answer))
  if (!past.length) return
  past.forEach(({ from, text }) => show(from === 'you' ? 'you' : 'bot', text, earlier))
  earlier.hidden = false
  const lastMine = past.map(message => message.from).lastIndexOf('you')
  showChoices(buttonsOf(past.slice(lastMine + 1)))
}

async function begin (note) {
  const { greeting, said } = await open()
  if (left) return
  if (!session) return showTrouble(said)
  if (note) show('bot', note)
  if (greeting.length) draw(greeting)
}

if (chat) {
  byId('no-chat').hidden = true
  byId('talk').hidden = false
  form.addEventListener('submit', event => { event.preventDefault(); submit() })
  box.addEventListener('keydown', event => {
    // isComposing: Enter that ends a word in Japanese, Chinese … is not "send"
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    submit()
  })
  setBusy(true, 'Starting the chat…')
  Promise.resolve(session ? redraw() : begin()).then(() => { if (!left) setBusy(false) })
}
