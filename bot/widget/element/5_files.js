// A practitioner takes the form away as a file. It comes over the same closed door and goes straight to the device: no address holds a word of it.
const FILES = { docx: 'mash-contact.docx', json: 'mash-contact.json' }

class Files {
  constructor () {
    this.told = make('p', { role: 'status', class: 'small' })
    this.group = make('div', { class: 'files', role: 'group', 'aria-label': say('files'), hidden: true })
  }

  /** Show a button for each kind of file that the server can make now; none: nothing is shown. */
  offer (kinds) {
    const known = kinds.filter(kind => kind in FILES)
    this.told.textContent = ''
    this.group.replaceChildren(make('p', { class: 'small', 'aria-hidden': 'true' }, say('files')), ...known.map(kind =>
      make('button', { type: 'button', onclick: () => this.save(kind) }, say(`file_${kind}`))), this.told)
    this.group.hidden = !known.length
  }

  async save (kind) {
    if (this.busy) return
    this.busy = true
    this.told.textContent = say('file_making')
    const file = await fetched(kind)
    this.busy = false
    if (left) return
    if (file instanceof Blob) saveAs(file, FILES[kind])
    this.told.textContent = file instanceof Blob ? say('file_saved') : file || say('file_failed')
  }
}

/** The file; or why there is none, in the server's words; or nothing. */
async function fetched (kind) {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), WAIT)
  try {
    const response = await request('form', { session, as: kind }, { signal: stop.signal })
    return response.ok ? await response.blob() : (await response.json()).error.message
  } catch {
    return null
  } finally {
    clearTimeout(timer)
  }
}

function saveAs (file, name) {
  const address = URL.createObjectURL(file)
  make('a', { href: address, download: name }).click()
  setTimeout(() => URL.revokeObjectURL(address), 1000)
}
