// Messages on the page. Words are always text, never HTML.
const SVG = 'http://www.w3.org/2000/svg'
const ICONS = {
  chat: 'M4 4h16a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-8l-5 4v-4H4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z',
  close: 'M6 6l12 12M18 6L6 18',
  leave: 'M10 4H5v16h5M14 8l4 4-4 4M18 12H9',
  urgent: 'M12 3l10 18H2zM12 10v5M12 18v.5'
}
const hrefs = Object.fromEntries(Object.entries(FRONTDOOR.links).map(([shown, href]) => [flat(shown), href]))
const linkable = new RegExp(Object.keys(FRONTDOOR.links).sort((a, b) => b.length - a.length)
  .map(shown => shown.replace(/[.]/g, '\\.').replace(/ /g, '[ \\u00a0]?') + '(?!\\w|[ \\u00a0]?\\d)').join('|'), 'gi')

function flat (shown) { return shown.replace(/[ \u00a0]/g, '').toLowerCase() }

/** An element with properties and children; text becomes text. */
function make (tag, properties = {}, ...children) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value)
    else if (value !== null && value !== false) made.setAttribute(name, value === true ? '' : value)
  }
  made.append(...children)
  return made
}

function icon (name) {
  const svg = document.createElementNS(SVG, 'svg')
  const path = document.createElementNS(SVG, 'path')
  for (const [key, value] of Object.entries({ viewBox: '0 0 24 24', 'aria-hidden': 'true', class: 'icon' })) svg.setAttribute(key, value)
  path.setAttribute('d', ICONS[name])
  svg.append(path)
  return svg
}

/** The numbers and addresses that the contacts file holds become links, and the address of a source; nothing else does. */
function linked (text) {
  const source = /^(Source: .*?)(https:\/\/[^\s<>"]*[^\s<>".,;:!?)\]])(.*)$/.exec(text)
  if (source) return [...linked(source[1]), make('a', { href: source[2], rel: 'noreferrer' }, source[2]), source[3]]
  const parts = []
  let done = 0
  for (const match of text.matchAll(linkable)) {
    if (/[\w.@£/]$|\d[ \u00a0]$/.test(text.slice(0, match.index))) continue // part of a longer number or word
    parts.push(text.slice(done, match.index), make('a', { href: hrefs[flat(match[0])], rel: 'noreferrer' }, match[0]))
    done = match.index + match[0].length
  }
  parts.push(text.slice(done))
  return parts
}

/** Paragraphs and "- " lists. `known`: numbers become links; a person's own words are shown as typed. */
function blocks (text, known) {
  const out = []
  for (const paragraph of text.trim().split(/\n\s*\n/)) {
    let list = null
    let words = null
    for (const line of paragraph.split('\n')) {
      const item = known && /^\s*[-•]\s+(.*)/.exec(line)
      const content = known ? linked(item ? item[1] : line) : [line]
      if (item) {
        words = null
        if (!list) out.push(list = make('ul', { dir: 'auto', role: 'list' }))
        list.append(make('li', {}, ...content))
      } else {
        list = null
        if (words) words.append(make('br'))
        else out.push(words = make('p', { dir: 'auto' }))
        words.append(...content)
      }
    }
  }
  return out
}

/** Where an answer comes from: `{title, section, date, link}` each; only an https link is a link. */
function sources (list) {
  return make('ul', { class: 'sources', role: 'list', 'aria-label': say('source') }, ...list.filter(one => one && one.title).map(one => {
    const words = [one.title, one.section, one.date].filter(part => typeof part === 'string' && part).join(', ')
    const safe = /^https:\/\//.test(one.link || '')
    return make('li', { dir: 'auto' }, say('source') + ': ', safe ? make('a', { href: one.link, rel: 'noreferrer' }, words) : words)
  }))
}

/** One message of a turn. */
function bubble (message, from) {
  const custom = message.custom || {}
  const made = make('div', { class: 'bubble', lang: custom.lang || null, dir: custom.dir || null }, ...blocks(message.text, from !== 'you'))
  if (Array.isArray(custom.sources) && custom.sources.length) made.append(sources(custom.sources))
  return made
}

/** Add messages to a turn. Urgent ones share one card that looks and reads as urgent. */
function fill (item, messages, from) {
  for (const message of messages) {
    if (!message.custom?.urgent) {
      item.append(bubble(message, from))
      continue
    }
    let card = item.lastChild
    if (!card.classList.contains('urgent')) item.append(card = make('div', { class: 'bubble urgent' }, make('p', { class: 'flag' }, icon('urgent'), say('urgent') + ' ')))
    card.append(...bubble(message, from).childNodes)
  }
  return item
}

/** Everything that one side said in one go. */
function turn (from, messages) {
  return fill(make('li', { class: 'turn ' + from }, make('span', { class: 'who' }, say(from === 'you' ? 'you' : 'computer') + ' ')), messages, from)
}

/** The help lines, which are in this script and need no network. */
function helpLines (why, again) {
  const made = make('li', { class: 'turn bot trouble' }, make('span', { class: 'who' }, say('computer') + ' '))
  const card = make('div', { class: 'bubble' }, make('p', {}, why),
    make('ul', { role: 'list' }, ...FRONTDOOR.help[language].map(line => make('li', {}, ...linked(line)))),
    make('p', {}, make('a', { href: BASE + '/help' }, say('all_numbers'))))
  if (again) card.append(make('button', { type: 'button', class: 'again', onclick: again }, say('again')))
  made.append(card)
  return made
}
