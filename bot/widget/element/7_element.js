// <frontdoor-chat>: the button that opens the chat, and its panel. No framework, nothing fetched until it is opened.
const NARROW = '(max-width: 40em), (max-height: 30em)'

class FrontdoorChat extends HTMLElement {
  connectedCallback () {
    if (this.shadowRoot) return doors.add(this)
    const root = this.attachShadow({ mode: 'open' })
    this.chat = new Conversation()
    this.heading = make('h2', { id: 'title', tabindex: '-1' }, say('title'))
    this.shifts = make('p', { class: 'apart', role: 'status' })
    this.leaving = make('a', { class: 'leave', href: awayFrom(null), rel: 'noreferrer', onclick: leave }, icon('leave'), say('leave'))
    this.closing = make('button', { type: 'button', class: 'close', 'aria-label': say('close'), onclick: () => this.close() }, icon('close'))
    this.launcher = make('button', { type: 'button', class: 'launcher', 'aria-expanded': 'false', onclick: () => this.open() }, icon('chat'), say('launch'))
    this.panel = make('section', { class: 'panel', role: 'dialog', 'aria-labelledby': 'title', 'aria-describedby': 'about told', hidden: true },
      make('div', { class: 'top' }, this.heading, this.leaving, this.closing),
      this.chat.scroll, this.chat.answering.form)
    style(root)
    const all = make('div', { lang: language, dir: FRONTDOOR.rightToLeft.includes(language.split('-')[0]) ? 'rtl' : 'ltr', class: SCRIPT.dataset.position === 'left' ? 'all left' : 'all' },
      this.launcher, this.panel, this.shifts)
    root.append(all)
    this.launcher.hidden = SCRIPT.dataset.launcher === 'off'
    this.panel.addEventListener('keydown', event => event.stopPropagation()) // the page's own shortcuts stay asleep while somebody types
    addEventListener('keydown', event => { if (event.key === 'Escape' && !this.panel.hidden && !event.isComposing) this.close() }, true)
    addEventListener('click', event => this.opened(event))
    matchMedia(NARROW).addEventListener('change', () => this.settle())
    visualViewport?.addEventListener('resize', () => this.settle())
    announce = text => { this.shifts.textContent = text }
    doors.add(this)
  }

  disconnectedCallback () { doors.delete(this) }

  /** Any link or button of the page with data-frontdoor-open opens the chat; without the script the link goes to /help. */
  opened (event) {
    const opener = event.target instanceof Element && event.target.closest('[data-frontdoor-open]')
    if (!opener || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    this.open(opener)
  }

  open (from = this.launcher) {
    this.from = from
    this.panel.hidden = false
    this.launcher.setAttribute('aria-expanded', 'true')
    this.launcher.classList.add('behind')
    if ('neutral' in SCRIPT.dataset) neutral(true)
    this.settle()
    this.heading.focus({ preventScroll: true }) // not the panel: some readers would read all of it, with what was said before
    this.chat.start()
  }

  close () {
    this.launcher.setAttribute('aria-expanded', 'false')
    this.launcher.classList.remove('behind')
    this.settle(false)
    ;(this.from && this.from.isConnected ? this.from : this.launcher).focus() // before the panel goes: else a screen reader reads the top of the page first
    this.panel.hidden = true
    this.panel.setAttribute('aria-describedby', 'about') // how to leave is told once
    this.chat.rest()
    if ('neutral' in SCRIPT.dataset) neutral(false)
  }

  /** On a small screen the panel is the page: what is behind it cannot be reached or scrolled. */
  settle (open = !this.panel.hidden) {
    const whole = open && matchMedia(NARROW).matches
    this.panel.setAttribute('aria-modal', String(whole))
    document.documentElement.style.overflow = whole ? 'hidden' : ''
    this.panel.style.height = whole && visualViewport && visualViewport.scale === 1 ? visualViewport.height + 'px' : ''
    for (let at = this; at.parentElement && at !== document.body; at = at.parentElement) {
      for (const other of at.parentElement.children) {
        if (other === at || other.tagName === 'SCRIPT') continue
        if (whole && !other.inert) { other.inert = true; other.dataset.frontdoorBehind = '' }
        else if (!whole && 'frontdoorBehind' in other.dataset) { other.inert = false; delete other.dataset.frontdoorBehind }
      }
    }
  }

  /**
   * The browser brought the page back from its memory. Nothing that was said is shown before the server has been asked whether the chat
   * still lives: Firefox brings the old page back with its old storage, in which a chat that was left meanwhile is still there.
   */
  returned () {
    session = recall()
    this.chat.forget()
    if (!this.panel.hidden) this.close()
  }
}

/** Styles as an object: a strict Content-Security-Policy allows it, and no page style gets in. */
function style (root) {
  try {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(FRONTDOOR.css)
    root.adoptedStyleSheets = [sheet]
  } catch {
    root.append(make('style', {}, FRONTDOOR.css)) // older browsers; needs style-src 'unsafe-inline' there
  }
}

/** A title and an icon that give nothing away, while the chat is open. */
const shown = { title: document.title, icons: [] }
function neutral (on) {
  if (on) {
    shown.title = document.title
    shown.icons = [...document.querySelectorAll('link[rel~="icon"]')]
    shown.icons.forEach(one => one.remove())
    document.title = say('neutral')
    document.head.append(make('link', { rel: 'icon', href: BASE + '/icon.svg', 'data-frontdoor-icon': true }))
  } else {
    document.title = shown.title
    document.querySelectorAll('[data-frontdoor-icon]').forEach(one => one.remove())
    document.head.append(...shown.icons)
  }
}

customElements.define('frontdoor-chat', FrontdoorChat)
function place () {
  if (!document.querySelector('frontdoor-chat')) document.body.append(document.createElement('frontdoor-chat'))
  // what only the script can do is promised only by the script; text browsers show even hidden words
  document.querySelectorAll('[data-frontdoor-script]').forEach(element => { element.textContent = element.dataset.frontdoorScript })
}
document.readyState === 'loading' ? addEventListener('DOMContentLoaded', place) : place()
