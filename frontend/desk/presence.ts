/* Who else is at this conversation: says that we are, and shows the others in [data-part=looking]. */
const AGAIN_MS = 20_000
const STILL_WRITING_MS = 4_000

interface Other {
  name: string
  typing: boolean
}

export class Presence {
  #timer = 0
  #stops = 0
  #isWriting = false
  #leaving = new AbortController()

  constructor(
    private root: HTMLElement,
    private url: string,
    private token: () => string,
  ) {
    const { signal } = this.#leaving
    void this.look()
    this.#timer = window.setInterval(() => document.hidden || void this.look(), AGAIN_MS)
    window.addEventListener("pagehide", () => this.#leave(), { signal })
  }

  end() {
    clearInterval(this.#timer)
    clearTimeout(this.#stops)
    this.#leaving.abort()
  }

  writing() {
    clearTimeout(this.#stops)
    this.#stops = window.setTimeout(() => this.#set(false), STILL_WRITING_MS)
    this.#set(true)
  }

  /* Say that we are here; resolves to a fresh stream token. */
  async look(): Promise<string> {
    return this.#show(await fetch(this.url, { method: "POST", body: this.#fields(), credentials: "same-origin" }))
  }

  /* Only ask who is here. */
  async ask(): Promise<string> {
    return this.#show(await fetch(this.url, { credentials: "same-origin" }))
  }

  #set(isWriting: boolean) {
    if (this.#isWriting === isWriting) return
    this.#isWriting = isWriting
    this.look().catch(() => undefined)
  }

  #fields() {
    const fields = new FormData()
    fields.set("csrfmiddlewaretoken", this.token())
    fields.set("typing", this.#isWriting ? "1" : "0")
    return fields
  }

  async #show(answer: Response): Promise<string> {
    if (!answer.ok) throw new Error(String(answer.status))
    const { others, token } = (await answer.json()) as { others: Other[]; token: string }
    const place = this.root.querySelector<HTMLElement>("[data-part=looking]")
    if (place) {
      const writing = others.filter((other) => other.typing)
      const named = (writing.length ? writing : others).map((other) => other.name).join(", ")
      const words = writing.length ? place.dataset.typing! : place.dataset.here!
      const text = others.length ? words.replace("{names}", named) : ""
      if (place.textContent !== text) place.textContent = text
    }
    return token
  }

  #leave() {
    const fields = this.#fields()
    fields.set("leaving", "1")
    navigator.sendBeacon(this.url, fields)
  }
}
