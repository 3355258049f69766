// Leaving: forget, cover, go. Nothing is waited for, and no failure may stop the going.
const SHIFTS = 3
const SHIFT_WINDOW = 5000 // milliseconds
let left = false
let shiftAlone = false
let shifts = 0
let shiftTimer
let announce = () => {} // the element puts its own live region here

/** Where "Leave now" goes: what the page says, else a weather page. Never a script address. */
function awayFrom (link) {
  const wanted = [link && link.href, SCRIPT.dataset.leave, document.querySelector('a[data-frontdoor-leave]')?.href]
  return wanted.find(address => /^https?:\/\//.test(address || '')) || FRONTDOOR.leave
}

function leave (event) {
  const away = awayFrom(event && event.currentTarget instanceof HTMLAnchorElement ? event.currentTarget : null)
  if (event) event.preventDefault()
  left = true
  for (const step of [endSession, cover, () => sessionStorage.clear()]) {
    try { step() } catch { /* go all the same */ }
  }
  location.replace(away) // not assign(): Back shall not return here
}

/** An empty page at once, however slow the next one is. */
function cover () {
  const overlay = document.createElement('div')
  overlay.setAttribute('role', 'alert')
  Object.assign(overlay.style, { position: 'fixed', inset: '0', zIndex: '2147483647', background: '#fff', color: '#17252c', padding: '2rem', font: '1.25rem sans-serif' })
  document.body.replaceChildren(overlay)
  document.title = say('neutral')
  overlay.textContent = say('leaving')
}

addEventListener('keydown', event => {
  if (event.repeat) return
  shiftAlone = event.key === 'Shift' && !event.ctrlKey && !event.altKey && !event.metaKey
  if (!shiftAlone) shifts = 0 // any other key starts the count again, so capital letters never add up to leaving
}, true)

addEventListener('keyup', event => {
  if (event.key !== 'Shift' || !shiftAlone) return
  shiftAlone = false
  shifts++
  clearTimeout(shiftTimer)
  if (shifts >= SHIFTS) return leave()
  announce(shifts === SHIFTS - 1 ? say('shift_once') : say('shift_more', { more: SHIFTS - shifts }))
  shiftTimer = setTimeout(() => { shifts = 0; announce(say('shift_over')) }, SHIFT_WINDOW)
}, true)

// a click on the plain link that stands beside the script, wherever the page has put it
addEventListener('click', event => {
  const link = event.target instanceof Element && event.target.closest('a[data-frontdoor-leave]')
  if (link) leave({ currentTarget: link, preventDefault: () => event.preventDefault() })
}, true)

// A browser may keep a whole page in its memory and bring it back. It must never bring back a chat that was left.
addEventListener('pagehide', () => { for (const door of doors) door.hidden = true })
addEventListener('pageshow', event => {
  if (!event.persisted) return
  if (left) return location.replace(awayFrom(null))
  for (const door of doors) { door.returned(); door.hidden = false }
})
