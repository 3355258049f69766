// What the embedding page says, and the words in its language. FRONTDOOR is put in by bot/widget/script.py.
const SCRIPT = document.currentScript || document.querySelector('script[src*="/widget.js"]')
const BASE = new URL(SCRIPT.src).origin
const language = languageOf(SCRIPT.dataset.language) || languageOf(document.documentElement.lang) || FRONTDOOR.language
const words = FRONTDOOR.words[language]
const doors = new Set() // the chats on this page: one, as a rule

function languageOf (tag) {
  const held = Object.keys(FRONTDOOR.words)
  const like = one => one.split('-')[0].toLowerCase()
  return tag && (held.find(one => one.toLowerCase() === tag.toLowerCase()) || held.find(one => like(one) === like(tag)))
}

/** A sentence of the interface by its key, with what is counted here filled in. */
function say (key, given = {}) {
  return words[key].replace(/{(\w+)}/g, (whole, name) => name in given ? String(given[name]) : whole)
}
