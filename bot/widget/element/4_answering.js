// Where a person answers: a box for words, and for some questions a better fit that the server's message asks for:
// custom.input = {kind: 'text' | 'long' | 'date' | 'phone' | 'email', label?, hint?, max?, words_first?}. Own words are always possible.
const KINDS = ['text', 'long', 'date', 'phone', 'email']
const COUNT_FROM = 0.8 // of the most letters: from here the counter shows by itself
const SPOKEN_AFTER = 1000 // milliseconds without typing until the counter is read out
const ERROR_FIRST = 200 // milliseconds between the error and the focus
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

class Answering {
  /** `onSend(text)` is called with what a person wants to say. */
  constructor (onSend) {
    this.onSend = onSend
    this.kind = 'text'
    this.busy = false
    this.label = make('label', { for: 'box' }, say('box'))
    this.hint = make('p', { id: 'hint', class: 'small', hidden: true })
    this.error = make('p', { id: 'error', class: 'error' })
    this.box = make('textarea', { id: 'box', rows: 2, spellcheck: 'false', enterkeyhint: 'send', 'aria-describedby': 'error hint keys', dir: 'auto' })
    this.line = make('input', { id: 'line', type: 'text', 'aria-describedby': 'error hint', dir: 'auto', hidden: true })
    this.keys = make('span', { id: 'keys', class: 'small' })
    this.count = make('span', { class: 'small count', 'aria-hidden': 'true' })
    this.spoken = make('span', { class: 'apart', role: 'status' })
    this.swap = make('button', { type: 'button', class: 'quiet', onclick: () => this.swapped(), hidden: true })
    this.send = make('button', { class: 'send' }, say('send'))
    this.date = this.dateBoxes()
    this.form = make('form', { autocomplete: 'off', novalidate: true }, this.date, this.label, this.hint, this.error, this.box, this.line,
      make('div', { class: 'row' }, make('span', { class: 'notes' }, this.keys, this.count), this.swap, this.send), this.spoken)
    for (const field of [this.box, this.line, ...this.parts]) field.setAttribute('autocomplete', 'off') // a shared phone must not offer it later
    this.form.addEventListener('submit', event => { event.preventDefault(); this.submit() })
    this.form.addEventListener('input', () => { this.complain(''); this.counted() })
    this.box.addEventListener('keydown', event => {
      // isComposing: Enter that ends a word in Japanese, Chinese … is not "send"
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing || this.kind === 'long') return
      event.preventDefault()
      this.submit()
    })
    this.ask(null)
  }

  dateBoxes () {
    this.parts = ['day', 'month', 'year'].map(name => make('input', { id: name, type: 'text', inputmode: name === 'month' ? 'text' : 'numeric', class: name, 'aria-describedby': 'error' }))
    this.dateName = make('legend')
    return make('fieldset', { class: 'date', hidden: true }, this.dateName, make('p', { class: 'small', id: 'date-hint' }, say('date_hint')),
      ...this.parts.map(part => make('div', {}, make('label', { for: part.id }, say(part.id)), part)))
  }

  /** Fit the answer to the question. Anything that is not understood becomes the box for words. */
  ask (input, ownWords = Boolean(input && input.words_first)) {
    const asked = input && KINDS.includes(input.kind) ? input : { kind: 'text' }
    const swaps = { date: 'boxes', phone: 'number' } // a keypad has no letters to say "text only" with
    this.input = asked
    this.kind = asked.kind in swaps && ownWords ? 'text' : asked.kind
    this.most = Math.min(Number(asked.max) || FRONTDOOR.most, FRONTDOOR.most)
    const line = this.kind === 'phone' || this.kind === 'email'
    this.date.hidden = this.kind !== 'date'
    this.dateName.textContent = asked.label || say('date')
    this.box.hidden = line || this.kind === 'date'
    this.line.hidden = !line
    this.line.inputMode = this.kind === 'phone' ? 'tel' : 'email'
    this.label.hidden = this.kind === 'date'
    this.label.htmlFor = line ? 'line' : 'box'
    this.label.textContent = asked.label || say(line ? this.kind : 'box')
    this.hint.textContent = asked.hint || ''
    this.hint.hidden = !asked.hint || this.kind === 'date'
    this.box.rows = this.kind === 'long' ? 5 : 2
    this.box.enterKeyHint = this.kind === 'long' ? 'enter' : 'send'
    this.keys.textContent = this.kind === 'long' ? say('keys_long') : say('keys')
    this.keys.hidden = this.box.hidden
    this.swap.hidden = !(asked.kind in swaps)
    this.swap.textContent = this.swap.hidden ? '' : say(this.kind === 'text' ? swaps[asked.kind] : 'own_words')
    this.complain('')
    this.counted()
  }

  swapped () {
    this.ask(this.input, this.kind !== 'text')
    this.field().focus()
  }

  /** Where the person types. */
  field () {
    return this.kind === 'date' ? this.parts[0] : this.line.hidden ? this.box : this.line
  }

  text () {
    if (this.kind === 'date') return this.parts.map(part => part.value.trim()).join(' ').trim()
    return this.field().value
  }

  submit () {
    if (this.busy) return
    const wrong = this.wrong()
    if (wrong) {
      this.complain(wrong[0])
      return this.show(...wrong)
    }
    this.onSend(this.text())
  }

  /** The error is the field's description, so a screen reader says it with the field: once, if the keyboard comes after it. */
  show (words, field) {
    if (field.getRootNode().activeElement === field) this.spoken.textContent = words // it is there already
    else setTimeout(() => field.focus(), ERROR_FIRST)
  }

  /** What is wrong with the answer and where, or nothing. */
  wrong () {
    if (this.kind !== 'date') {
      if (!this.text().trim()) return [say('empty'), this.field()]
      return this.text().length > this.most ? [say('over', { over: this.text().length - this.most }), this.field()] : null
    }
    const empty = this.parts.find(part => !part.value.trim())
    if (empty) return [say('date_part'), empty]
    const [day, month, year] = this.parts.map(part => part.value.trim().toLowerCase())
    const number = MONTHS.indexOf(month.slice(0, 3)) + 1 || Number(month)
    const date = new Date(Date.UTC(Number(year), number - 1, Number(day)))
    const real = /^\d{4}$/.test(year) && date.getUTCDate() === Number(day) && date.getUTCMonth() === number - 1
    return real ? null : [say('date_none'), this.parts[0]]
  }

  complain (words) {
    if (this.error.textContent !== words) this.error.textContent = words
    for (const field of [this.box, this.line, ...this.parts]) words ? field.setAttribute('aria-invalid', 'true') : field.removeAttribute('aria-invalid')
  }

  counted () {
    const length = this.kind === 'date' ? 0 : this.text().length
    const near = this.kind === 'long' || length > this.most * COUNT_FROM
    const words = length > this.most ? say('over', { over: length - this.most }) : say('left', { left: this.most - length })
    this.count.textContent = near ? words : ''
    clearTimeout(this.timer)
    this.spoken.textContent = ''
    if (near && length > this.most * COUNT_FROM) this.timer = setTimeout(() => { this.spoken.textContent = words }, SPOKEN_AFTER)
  }

  /** Empty the fields. Returns a function that puts everything back, before anything typed since. */
  clear () {
    const fields = [this.box, this.line, ...this.parts]
    const before = fields.map(field => field.value)
    const asked = [this.input, this.kind !== this.input.kind]
    for (const field of fields) field.value = ''
    this.counted()
    return () => {
      this.ask(...asked)
      fields.forEach((field, n) => { field.value = [before[n], field.value].filter(Boolean).join(field === this.box ? '\n' : '') })
      this.counted()
    }
  }

  setBusy (now) {
    this.busy = now
    this.send.setAttribute('aria-disabled', String(now)) // not disabled: the keyboard's place on the page is not lost
  }
}
