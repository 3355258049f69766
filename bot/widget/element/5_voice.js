// What a screen reader is told. The messages that are seen are drawn in many pieces, and some readers speak each piece again when it is
// added; so they are not live. Each turn is told once, as one text in a place of its own that is only heard.
class Voice {
  constructor () {
    this.lines = Object.fromEntries(['you', 'bot', 'help'].map(from => [from, make('p')])) // one each: a quick answer must not push out what was said before it
    this.urgent = make('p')
    this.region = make('div', { class: 'apart' }, make('div', { role: 'log', 'aria-label': say('spoken') }, ...Object.values(this.lines)),
      make('div', { role: 'log', 'aria-live': 'assertive', 'aria-label': say('urgent') }, this.urgent))
  }

  /** Have a turn that is drawn spoken, with what is asked `after` it; an urgent one does not wait for other speech to end. */
  say (item, from, urgent, after) {
    if (from === 'you') this.rest()
    const place = urgent ? this.urgent : this.lines[from]
    place.textContent = [item.innerText, after].filter(Boolean).join('\n').replace(/\s*\n\s*/g, '\n').trim()
  }

  /** Have a note spoken that stands below a turn. */
  tell (words) { this.lines.help.textContent = words }

  /** What was told is not told again when the chat comes back into view, nor met twice by somebody who reads on. */
  rest () {
    for (const line of [...Object.values(this.lines), this.urgent]) line.textContent = ''
  }
}
