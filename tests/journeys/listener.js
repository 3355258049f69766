// What a screen reader is told: new text inside live regions of Chromium's own accessibility tree.
'use strict'
const LIVE = new Set(['log', 'status', 'alert'])

class Listener {
  static async of (page) {
    const made = new Listener()
    made.cdp = await page.context().newCDPSession(page)
    await made.cdp.send('Accessibility.enable')
    made.known = await made.texts()
    return made
  }

  async tree () {
    const { nodes } = await this.cdp.send('Accessibility.getFullAXTree')
    const all = new Map(nodes.map(node => [node.nodeId, node]))
    const ordered = new Map()
    const walk = node => { if (!node) return; ordered.set(node.nodeId, node); (node.childIds || []).forEach(id => walk(all.get(id))) }
    walk(nodes[0])
    return ordered
  }

  /** Text by node in the order of the page, with the live region that it stands in. */
  async texts () {
    const tree = await this.tree()
    const found = new Map()
    for (const node of tree.values()) {
      if (node.ignored || node.role?.value !== 'StaticText' || !node.name?.value.trim()) continue
      for (let at = node; at; at = tree.get(at.parentId)) {
        if (at.ignored || !LIVE.has(at.role?.value)) continue
        const live = at.properties?.find(property => property.name === 'live')?.value.value
        found.set(`${node.backendDOMNodeId}:${node.name.value}`, { text: node.name.value, region: at.role.value, live })
        break
      }
    }
    return found
  }

  /** What was told since the last time it was asked, in the order of the page. */
  async heard () {
    const now = await this.texts()
    const fresh = [...now].filter(([id]) => !this.known.has(id)).map(([, one]) => one)
    this.known = now
    return fresh
  }

  /** The accessible node with this role whose name matches, or undefined. */
  async node (role, name) {
    return [...(await this.tree()).values()].find(node => !node.ignored && node.role?.value === role && name.test(node.name?.value || ''))
  }
}

module.exports = { Listener }
