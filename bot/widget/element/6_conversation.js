// The conversation: one thing said at a time, every answer shown once, nothing that was typed ever lost.
const WRITING_AFTER = 600 // milliseconds: a quick answer is not announced twice

class Conversation {
  constructor () {
    this.earlier = make('ol', { class: 'turns', 'aria-label': say('earlier'), hidden: true })
    this.turns = make('ol', { class: 'turns' })
    this.log = make('div', { role: 'group', 'aria-label': say('messages'), tabindex: '-1', class: 'log' }, this.turns)
    this.voice = new Voice()
    this.about = make('p', { id: 'about', class: 'about' }, say('about'))
    this.told = make('p', { id: 'told', class: 'told small' }, say('leave_told'))
    this.status = make('p', { class: 'status small', role: 'status' })
    this.prompt = make('p', { class: 'status small' }) // not live: it is spoken with the message that it follows
    this.dots = make('p', { class: 'dots', 'aria-hidden': 'true', hidden: true }, make('i'), make('i'), make('i'))
    this.choices = make('div', { class: 'choices', role: 'group', 'aria-label': say('choices'), tabindex: '-1', hidden: true })
    this.files = new Files()
    this.answering = new Answering(text => this.say(text))
    this.scroll = make('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': say('conversation') },
      this.about, this.told, this.earlier, this.log, this.voice.region, this.dots, this.status, this.prompt, this.choices, this.files.group)
    // when the answer's fields grow, the question stays in sight above them
    this.atEnd = false
    this.scroll.addEventListener('scroll', () => { this.atEnd = this.scroll.scrollHeight - this.scroll.scrollTop - this.scroll.clientHeight < 2 })
    new ResizeObserver(() => { if (this.atEnd) this.scroll.scrollTop = this.scroll.scrollHeight }).observe(this.scroll)
    this.forget()
    addEventListener('offline', () => { this.status.textContent = say('offline') })
    addEventListener('online', () => { if (this.status.textContent === say('offline')) this.status.textContent = say('online') })
  }

  /** Nothing said, nothing shown. */
  forget () {
    this.started = false
    this.heard = 0 // how many of the person's messages the server has answered
    this.unsure = false // the last message may have arrived although no answer came back
    for (const list of [this.turns, this.earlier, this.choices]) list.replaceChildren()
    this.earlier.hidden = this.choices.hidden = true
    this.prompt.textContent = ''
    this.files.offer([])
    this.status.textContent = ''
    this.voice.rest()
    this.answering.clear()
    this.answering.ask(null)
  }

  async start () {
    if (this.started) return
    this.started = true
    this.setBusy(true, say('starting'))
    await (session ? this.redraw() : this.begin())
    if (!left) this.setBusy(false)
  }

  async begin (note) {
    const { greeting, said } = await this.open()
    if (left) return
    if (!session) {
      this.started = false
      return this.trouble(said, () => this.start())
    }
    this.add('bot', [...(note ? [{ text: note }] : []), ...greeting])
  }

  /** Ask the server for a new chat. Returns its greeting, or what it said instead. */
  async open () {
    remember(null)
    this.heard = 0
    const { answer } = await call('session', {})
    if (left || !answer || !answer.session) return { greeting: [], said: saidIn(answer) }
    remember(answer.session)
    return { greeting: readable(answer.greeting), said: [] }
  }

  /** Earlier messages go into a list of their own, outside the live log: a screen reader does not read them all out again. */
  async redraw () {
    const { status, answer } = await call('history', { session })
    if (left) return
    if (status === 401) return this.begin(say('over_now'))
    if (status !== 200) {
      this.started = false
      return this.trouble(saidIn(answer), () => this.start())
    }
    this.show(readable(answer))
    this.scroll.scrollTop = this.scroll.scrollHeight
  }

  show (past) {
    let last = null
    for (const message of past) {
      const from = message.from === 'you' ? 'you' : 'bot'
      if (last && last.from === from) fill(last.item, [message], from)
      else this.earlier.append((last = { from, item: turn(from, [message]) }).item)
    }
    this.earlier.hidden = !past.length
    this.heard = past.filter(message => message.from === 'you').length
    this.offer(past.slice(past.map(message => message.from).lastIndexOf('you') + 1))
  }

  /** The chat is put away: what was said is history, and is not spoken again when it comes back. */
  rest () {
    this.earlier.append(...this.turns.children)
    this.earlier.hidden = !this.earlier.children.length
    this.voice.rest()
  }

  /** Show what one side said, and have it spoken. */
  add (from, messages) {
    const item = turn(from, messages)
    this.turns.append(item)
    if (from === 'bot') this.offer(messages)
    this.voice.say(item, from, messages.some(message => message.custom?.urgent), from === 'bot' ? this.prompt.textContent : '')
    return item
  }

  /** Buttons and a fitting field, as the latest messages ask for. */
  offer (messages) {
    const buttons = messages.flatMap(message => message.buttons || []).filter(one => one && one.title && one.payload)
    this.choices.replaceChildren(...buttons.map(({ title, payload }) =>
      make('button', { type: 'button', dir: 'auto', onclick: () => this.say(payload, title) }, title)))
    this.choices.hidden = !buttons.length
    this.prompt.textContent = buttons.length ? say('choose') : ''
    this.files.offer(messages.flatMap(message => message.custom?.form_files || []))
    this.answering.ask(messages.map(message => message.custom?.input).filter(Boolean).pop() || null)
  }

  /** Say one thing. What was typed goes back into the box if no answer came. */
  async say (message, title) {
    if (this.answering.busy) return
    const focused = this.scroll.getRootNode().activeElement
    const inChoices = this.choices.contains(focused)
    const putBack = title ? () => {} : this.answering.clear()
    this.scroll.querySelectorAll('.trouble').forEach(item => item.remove()) // never two in a row
    const mine = this.add('you', [{ text: title || message }])
    this.setBusy(true, '')
    this.bringIntoView(mine)
    const { replies, said, status } = await this.asked(message)
    if (left) return
    let first
    if (replies.length) {
      first = this.add('bot', replies)
    } else {
      mine.remove()
      putBack()
      if (status === 401) {
        const { greeting } = await this.open()
        if (session) said.push({ text: say('started_again') })
        if (greeting.length) this.offer(greeting)
      }
      first = this.trouble(said, () => title ? this.say(message, title) : this.answering.submit(), !title)
    }
    this.setBusy(false)
    if (this.answering.form.contains(focused) && !focused.checkVisibility()) this.answering.field().focus({ preventScroll: true }) // its boxes are gone
    if (inChoices) (this.choices.hidden ? this.log : this.choices).focus({ preventScroll: true })
    this.bringIntoView(first)
  }

  /** Put a message to the server; if the last try may have arrived after all, look before saying it twice. */
  async asked (message) {
    const said = session ? [] : (await this.open()).said
    if (!session) { // no conversation could be begun: the refusal of a message without one has read it for danger
      const { status, answer } = await call('webhook', { session: '', message })
      return { replies: [], said: saidIn(answer).length ? saidIn(answer) : said, status }
    }
    const late = this.unsure && await this.answerThatCame(message)
    if (late) return { replies: late, said, status: 200 }
    const { status, answer } = await call('webhook', { session, message })
    const replies = status === 200 ? readable(answer) : []
    this.unsure = status === 0
    if (replies.length) this.heard = replies.some(one => one.custom?.contact_ended) ? 0 : this.heard + 1
    return { replies, said: replies.length ? [] : [...said, ...saidIn(answer)], status }
  }

  async answerThatCame (message) {
    const { status, answer } = await call('history', { session })
    const past = status === 200 ? readable(answer) : []
    const mine = past.filter(one => one.from === 'you')
    if (!mine.length && past.length && past[past.length - 1].custom?.contact_ended) { // the words of a contact that was sent leave the history
      this.heard = 0
      this.unsure = false
      return past
    }
    if (mine.length <= this.heard || mine[mine.length - 1].text !== message) return null
    this.heard = mine.length
    this.unsure = false
    return past.slice(past.lastIndexOf(mine[mine.length - 1]) + 1)
  }

  /** What the server said, first of all about danger; the help lines, unless it gave numbers itself. */
  trouble (said, again, typed) {
    const lines = said.map(message => message.text)
    this.scroll.querySelectorAll('.refused').forEach(item => item.remove()) // said again, not piled up
    let item = null
    if (lines.length) {
      item = this.add('bot', said)
      if (!said.some(message => message.custom?.urgent)) item.classList.add('refused')
    }
    const gaveNumbers = item && item.querySelector('a[href^="tel:"]')
    const note = [lines.length ? '' : say(navigator.onLine ? 'trouble' : 'offline'), typed ? say('kept') : ''].filter(Boolean).join(' ')
    if (gaveNumbers) {
      this.voice.tell(note)
      item.lastChild.append(make('p', { class: 'note' }, note), make('button', { type: 'button', class: 'again', onclick: again }, say('again')))
    } else {
      const help = helpLines(note, again)
      this.turns.append(help)
      this.voice.say(help, 'help')
      item = item || help
    }
    return item
  }

  setBusy (now, words = '') {
    this.answering.setBusy(now)
    for (const button of this.choices.children) button.setAttribute('aria-disabled', String(now))
    this.dots.hidden = !now
    clearTimeout(this.writing)
    this.prompt.hidden = now
    this.status.textContent = now ? words : ''
    if (now && !words) this.writing = setTimeout(() => { this.status.textContent = say('writing') }, WRITING_AFTER)
  }

  /** The end of what is new, but never at the price of its first words. */
  bringIntoView (item) {
    if (getComputedStyle(this.scroll).overflowY === 'visible') return item.scrollIntoView({ block: 'start' }) // a low screen scrolls as a whole
    const gap = 8
    const end = this.scroll.scrollHeight - this.scroll.clientHeight
    this.atEnd = item.offsetTop - gap >= end
    this.scroll.scrollTop = Math.min(item.offsetTop - gap, end)
  }
}
