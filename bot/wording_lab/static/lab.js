// One walk after another. Every answer waits here until the server says that it is on disk; sending one twice changes nothing.
import { makeQueue } from './queue.js'

const given = JSON.parse(document.getElementById('given').textContent)
const words = key => given.words['lab_' + key]
const screen = document.getElementById('screen')
const help = document.getElementById('help')
const state = document.getElementById('state')
const token = document.querySelector('#leave [name=csrf_token]').value
const chosen = new Map() // what is tapped, so that going back shows it
const drafts = new Map() // what is typed and not sent: in this page only, never in the browser's storage
const queue = makeQueue({ token, tell })

function tell (what, messages = []) {
  state.textContent = what ? words(what) : ''
  if (messages.length) {
    help.replaceChildren(...messages.map(text => make('p', { text })), make('p', { text: words('sent_help') }))
    help.scrollIntoView({ block: 'start' })
  }
}

function make (name, { text, ...more } = {}, ...inside) {
  const element = Object.assign(document.createElement(name), more)
  if (text !== undefined) element.textContent = text
  element.append(...inside)
  return element
}

const key = (walk, kind, about) => `${walk.id} ${kind} ${about}`

function answer (walk, kind, about, value) {
  chosen.set(key(walk, kind, about), value)
  queue.add({ walk: walk.id, kind, about: String(about), value })
}

/** Buttons of which one is pressed, or several. */
function choices (walk, kind, about, title, options, { many = false, list = false } = {}) {
  const now = () => (chosen.get(key(walk, kind, about)) ?? '').split(',').filter(Boolean)
  const buttons = options.map(([value, text]) => {
    const button = make('button', { type: 'button', text, onclick () {
      const held = now()
      const next = many ? (held.includes(value) ? held.filter(v => v !== value) : [...held, value]) : [value]
      answer(walk, kind, about, next.join(','))
      draw()
    } })
    return [value, button]
  })
  const draw = () => buttons.forEach(([value, button]) => button.setAttribute('aria-pressed', String(now().includes(value))))
  draw()
  return make('fieldset', {}, make('legend', { text: title }), make('div', { className: list ? 'list' : 'row' }, ...buttons.map(([, b]) => b)))
}

/** A message whose words can be tapped. */
function tappable (walk, n, text) {
  const box = make('div', { className: 'says' })
  box.setAttribute('role', 'group')
  box.setAttribute('aria-label', words('hard'))
  let place = 0
  const held = () => (chosen.get(key(walk, 'hard', n)) ?? '').split(',').filter(Boolean)
  for (const line of text.split('\n').filter(line => line.trim())) {
    const row = make('p')
    for (const word of line.split(/\s+/).filter(Boolean)) {
      const mine = String(place++)
      const button = make('button', { type: 'button', text: word, onclick () {
        const next = held().includes(mine) ? held().filter(v => v !== mine) : [...held(), mine].slice(0, 40)
        answer(walk, 'hard', n, next.join(','))
        button.setAttribute('aria-pressed', String(next.includes(mine)))
      } })
      button.setAttribute('aria-pressed', String(held().includes(mine)))
      row.append(button, ' ')
    }
    box.append(row)
  }
  return box
}

function write (walk, kind, about, title, hint) {
  const name = `${kind}-${about}`
  const box = make('textarea', { id: name, rows: 3, maxLength: given.longest, value: drafts.get(key(walk, kind, about)) ?? '',
    oninput () { drafts.set(key(walk, kind, about), box.value) } })
  const parts = [make('label', { className: 'label', htmlFor: name, text: title }), box]
  if (hint) { parts.splice(1, 0, make('p', { className: 'hint', id: name + '-hint', text: hint })); box.setAttribute('aria-describedby', name + '-hint') }
  const send = make('button', { type: 'button', text: words('send'), onclick () {
    if (!box.value.trim()) { box.focus(); return }
    queue.add({ walk: walk.id, kind, about: String(about), value: box.value.trim() })
    drafts.delete(key(walk, kind, about))
    box.value = ''
  } })
  return make('div', {}, ...parts, send)
}

function screensOf (walk) {
  const screens = walk.compares.map(pair => ({ title: words('compare'), draw: () => [
    make('p', { className: 'hint', text: words('compare_hint') }),
    make('h2', { text: words('first') }), make('p', { className: 'says said', text: pair.texts[0] }),
    make('h2', { text: words('second') }), make('p', { className: 'says said', text: pair.texts[1] }),
    choices(walk, 'prefer', pair.id, words('compare'), [['first', words('first')], ['second', words('second')], ['same', words('same')]])] }))
  walk.steps.forEach((step, n) => screens.push({ title: walk.title, draw: () => [
    ...(step.you ? [make('h2', { text: words('typed') }), make('p', { className: 'you', text: step.you })] : []),
    make('h2', { text: words('says') }), make('p', { className: 'hint', text: words('hard') }), tappable(walk, n, step.text),
    choices(walk, 'clear', n, words('clear'), [['yes', words('clear_yes')], ['no', words('clear_no')]]),
    choices(walk, 'feel', n, words('feel'), given.feelings.map(f => [f, words('feel_' + f)]), { many: true }),
    write(walk, 'suggest', n, words('better'), words('better_hint'))] }))
  walk.questions.forEach((question, n) => screens.push({ title: words('question'), draw: () => [
    choices(walk, 'understood', n, question.asks, shuffled(question, walk.id + n), { list: true })] }))
  screens.push({ title: words('wishes'), draw: () => [make('p', { className: 'hint', text: words('wishes_hint') }),
    ...given.wishes.map(wish => choices(walk, 'wish', wish.id, wish.words, [['yes', words('yes')], ['no', words('no')], ['unsure', words('unsure')]]))] })
  screens.push({ title: words('month'), draw: () => [make('p', { className: 'hint', text: words('month_what') }),
    make('p', { className: 'says', text: walk.wish.words }), make('h2', { text: words('month_means') }), make('p', { text: walk.wish.means }),
    choices(walk, 'wish', walk.wish.id, words('month_kept'), [['yes', words('yes')], ['no', words('no')], ['unsure', words('unsure')]]),
    write(walk, 'task', walk.wish.id, words('month_asks'), words('month_hint'))] })
  screens.push({ title: words('done'), draw: () => [make('p', {}, make('a', { className: 'go', href: '/lab/did', text: words('did') }))] })
  return screens
}

const orders = new Map()
/** The right answer must not always stand first; going back shows the same order. */
function shuffled (question, name) {
  if (!orders.has(name)) {
    orders.set(name, question.answers.map((text, n) => [String(n), text, Math.random()]).sort((a, b) => a[2] - b[2]).map(([n, text]) => [n, text]))
  }
  return orders.get(name)
}

function show (title, parts, before) {
  const heading = make('h1', { text: title, tabIndex: -1 })
  screen.replaceChildren(...(before ? [before] : []), heading, ...parts)
  document.title = `${title} – ${words('title')}`
  help.replaceChildren()
  scrollTo(0, 0)
  heading.focus({ preventScroll: true })
}

function home () {
  show(words('start'), [
    ...['start_1', 'start_2', 'start_3', 'start_seen'].map(part => make('p', { text: words(part) })),
    make('h2', { text: words('pick') }),
    make('div', { className: 'list' }, ...given.walks.map(walk => make('button', { type: 'button', text: walk.title, onclick: () => go(walk, screensOf(walk), 0) }))),
    make('p', {}, make('a', { href: '/lab/did', text: words('did') }))])
}

function go (walk, screens, n) {
  const move = (text, to, main) => make('button', { type: 'button', text, className: main ? 'go' : '', onclick: () => to < 0 ? home() : go(walk, screens, to) })
  const buttons = make('nav', { className: 'row' }, move(words('back'), n - 1))
  buttons.setAttribute('aria-label', words('pick'))
  if (n && n + 1 < screens.length) buttons.append(move(words('all_walks'), -1))
  buttons.append(n + 1 < screens.length ? move(words('next'), n + 1, true) : move(words('all_walks'), -1, true))
  show(screens[n].title, [...screens[n].draw(), buttons], make('p', { className: 'hint', text: `${n + 1} ${words('progress')} ${screens.length}` }))
}

document.getElementById('leave').addEventListener('submit', () => { queue.forget(); screen.replaceChildren() })
addEventListener('beforeunload', event => { if (queue.holdsWords()) event.preventDefault() })
home()
