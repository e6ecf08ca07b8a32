/* Who has got what: says to the site how far this window has come, and shows under one's own words that people read them.
 * Words are read when they stand in a window that is looked at, at the end of the talk.
 */
import { act } from "./chat-wire.ts"

const BREATH_MS = 400

interface Talk {
  lines: () => HTMLElement
  address: () => string | undefined
  isAtEnd: () => boolean
  mark: () => HTMLElement
}

export class Reading {
  #told = { delivered: 0, read: 0 }
  #theirs = 0
  #timer = 0

  constructor(
    private talk: Talk,
    signal: AbortSignal,
  ) {
    document.addEventListener("visibilitychange", () => this.looked(), { signal })
    addEventListener("scroll", () => this.looked(), { signal, passive: true })
    signal.addEventListener("abort", () => clearTimeout(this.#timer))
  }

  /* Something new stands there, or what stands there is looked at. */
  looked() {
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => void this.#tell(), BREATH_MS)
  }

  /* People have read up to this number. */
  readTo(number: number) {
    this.#theirs = Math.max(this.#theirs, number)
    const mine = [...this.talk.lines().querySelectorAll<HTMLElement>('li[data-side="me"][data-seq]')]
    const line = mine.filter((each) => Number(each.dataset.seq) <= this.#theirs).at(-1)
    const shown = this.talk.lines().querySelector(".talk-read")
    if (!line || shown?.closest("li") === line) return
    shown?.remove()
    line.querySelector(".talk-who")?.append(this.talk.mark())
  }

  async #tell() {
    const address = this.talk.address()
    const theirs = this.talk.lines().querySelectorAll<HTMLElement>('li[data-seq]:not([data-side="me"])')
    const delivered = Number([...theirs].at(-1)?.dataset.seq ?? 0)
    const read = !document.hidden && this.talk.isAtEnd() ? delivered : this.#told.read
    if (!address || (delivered <= this.#told.delivered && read <= this.#told.read)) return
    const before = this.#told
    this.#told = { delivered, read }
    const fields = new FormData()
    fields.set("delivered", String(delivered))
    fields.set("read", String(read))
    try {
      await act(address, fields)
    } catch {
      // Nobody answered: the next look says it again.
      this.#told = before
    }
  }
}
