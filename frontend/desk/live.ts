/* A stream of "something changed" for one page. It carries ids only; the page asks for what it may see.
 * A token lives ten minutes: when the stream is refused, a new one is asked for. While there is no stream the page
 * is told "missed" every half minute, so that it looks for itself.
 */
type Heard = (event: string, data: Record<string, unknown>) => void

const EVENTS = ["changed", "presence", "typing", "mentioned", "answered", "noticed", "mailbox", "read", "missed"]
const AGAIN_MS = 3_000
const UNHEARD_MS = 30_000

export class Live {
  #source?: EventSource
  #timer = 0
  #ended = false

  constructor(
    private token: string,
    private renew: () => Promise<string>,
    private heard: Heard,
  ) {
    this.#open()
  }

  end() {
    this.#ended = true
    clearTimeout(this.#timer)
    this.#source?.close()
  }

  #open() {
    const source = new EventSource(`/live?token=${encodeURIComponent(this.token)}`)
    this.#source = source
    for (const name of EVENTS)
      source.addEventListener(name, (event) => this.heard(name, JSON.parse((event as MessageEvent<string>).data) ?? {}))
    source.addEventListener("error", () => {
      // The browser comes back by itself unless the answer was a refusal.
      if (source.readyState === EventSource.CLOSED) this.#later(AGAIN_MS + Math.random() * AGAIN_MS)
    })
  }

  #later(wait: number) {
    if (this.#ended) return
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => void this.#again(), wait)
  }

  async #again() {
    try {
      this.token = await this.renew()
      this.heard("missed", {})
      this.#open()
    } catch {
      this.#later(UNHEARD_MS)
    }
  }
}
