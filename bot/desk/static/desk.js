// The components of GOV.UK Frontend, and the live count of the inbox.
import { initAll } from './govuk-frontend.min.js'

initAll()

const live = document.getElementById('live')
const EVERY = 15_000 // milliseconds

/** Ask how many wait, and say so if it has changed. Asking does not keep anybody signed in. */
async function count () {
  if (document.hidden) return
  let now
  try {
    const reply = await fetch('/count.json', { headers: { Accept: 'application/json' }, signal: AbortSignal.timeout(8000) })
    if (reply.status === 401) { location.assign('/sign-in'); return }
    if (!reply.ok) throw new Error('not counted')
    now = await reply.json()
  } catch {
    say('The count is not up to date: the desk does not answer. Load the page again.')
    return
  }
  const changed = String(now.unopened) !== live.dataset.unopened || String(now.overdue) !== live.dataset.overdue
  if (changed || live.dataset.silent) say(`${now.unopened} not opened, ${now.overdue} overdue.`)
  live.dataset.silent = ''
  if (changed) document.getElementById('live-new').hidden = false
  live.dataset.unopened = now.unopened
  live.dataset.overdue = now.overdue
  document.title = document.title.replace(/^(\(\d+\) )?/, now.unopened ? `(${now.unopened}) ` : '')
}

function say (words) {
  const counts = document.getElementById('live-counts')
  if (counts.textContent !== words) counts.textContent = words
  if (words.startsWith('The count')) live.dataset.silent = 'yes'
}

if (live) {
  setInterval(count, Number(live.dataset.every) || EVERY)
  document.addEventListener('visibilitychange', count)
}
