/* Who else is at this conversation: says that we are, and shows the others in [data-part=looking]. */
const AGAIN_MS = 20_000
const STILL_WRITING_MS = 4_000
const CUSTOMER_TOLD_MS = 3_000
const CUSTOMER_SHOWN_MS = 6_000

interface Other {
  name: string
  typing: boolean
}

export class Presence {
  #timer = 0
  #stops = 0
  #isWriting = false
  #customerTold = 0
  #customer = 0
  #others = ""
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
    clearTimeout(this.#customer)
    this.#leaving.abort()
  }

  /* We write. The customer hears of a reply while it grows, and never of a note. */
  writing(isReply: boolean) {
    clearTimeout(this.#stops)
    this.#stops = window.setTimeout(() => this.#set(false), STILL_WRITING_MS)
    const now = performance.now()
    if (isReply && (!this.#customerTold || now - this.#customerTold > CUSTOMER_TOLD_MS)) {
      this.#customerTold = now
      this.#isWriting = true
      this.look("customer").catch(() => undefined)
    } else this.#set(true)
  }

  /* The customer writes; forgotten after a few seconds, and when they have spoken. */
  customerWrites(is = true) {
    clearTimeout(this.#customer)
    this.#customer = is ? window.setTimeout(() => this.customerWrites(false), CUSTOMER_SHOWN_MS) : 0
    this.#draw()
  }

  /* Say that we are here; resolves to a fresh stream token. */
  async look(telling = ""): Promise<string> {
    const fields = this.#fields()
    if (telling) fields.set("tell", telling)
    return this.#show(await fetch(this.url, { method: "POST", body: fields }))
  }

  /* Only ask who is here. */
  async ask(): Promise<string> {
    return this.#show(await fetch(this.url))
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
    // A page that nobody sees has read nothing.
    if (!document.hidden) fields.set("read", this.root.querySelector<HTMLElement>(".entries")?.dataset.last ?? "")
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
      this.#others = others.length ? words.replace("{names}", named) : ""
      this.#draw()
    }
    return token
  }

  #draw() {
    const place = this.root.querySelector<HTMLElement>("[data-part=looking]")
    const text = [this.#customer ? place?.dataset.customer : "", this.#others].filter(Boolean).join(" · ")
    if (place && place.textContent !== text) place.textContent = text
  }

  #leave() {
    const fields = this.#fields()
    fields.set("leaving", "1")
    navigator.sendBeacon(this.url, fields)
  }
}
