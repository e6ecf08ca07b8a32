/* One draft of the composer: in this browser at once, on the server a moment later. What another window or a colleague
 * wrote meanwhile is never written over: both are offered.
 *   form[data-kind][data-revision] with a textarea, [data-slot=draft] and [data-slot=moved]
 */
import { OneAtATime } from "./one-at-a-time.ts"
import { csrf } from "./page.ts"
import { put } from "./pen/edit.ts"

const LOCAL_MS = 300
const SERVER_MS = 900
const AGAIN_MS = 10_000

interface Words {
  kept: string
  keptThere: string
  moved: string
  useOther: string
  keepThese: string
  forgotten: string
}

interface Moved {
  revision: number
  text: string
  words: string
}

export class Draft {
  #field: HTMLTextAreaElement
  #timer = 0
  #later = 0
  #push = new OneAtATime((anyway) => this.#pushed(anyway))

  constructor(
    private form: HTMLFormElement,
    private url: string,
    private key: string,
    private words: Words,
    isReturned: boolean,
    private redacted: string, // the mark of the last redaction when the page was drawn, "" for none
    signal: AbortSignal,
  ) {
    this.#field = form.querySelector<HTMLTextAreaElement>("textarea[name=text]")!
    this.#field.addEventListener("input", () => this.#soon(), { signal })
    window.addEventListener("pagehide", () => this.#leave(), { signal })
    window.addEventListener("online", () => this.#local() !== null && void this.#push.run(), { signal })
    signal.addEventListener("abort", () => this.#stop())
    if (!isReturned) this.#restore()
  }

  /* What was written has been sent; `revision` is what the server has now. */
  sent(revision: string | undefined) {
    this.#stop()
    if (revision) this.form.dataset.revision = revision
    put(this.#field, "")
    this.#forget()
    this.#say("")
    this.#put()
  }

  /* Wait until nothing is on its way, so that what is kept does not overtake what is sent. */
  async settle() {
    this.#stop()
    await this.#push.underway
  }

  #revision() {
    return Number(this.form.dataset.revision ?? 0)
  }

  #local(): { text: string; revision: number; redacted: string } | null {
    const kept = localStorage.getItem(this.key)
    if (kept === null) return null
    try {
      const { text, revision, redacted = "" } = JSON.parse(kept) as { text: string; revision: number; redacted?: string }
      return typeof text === "string" ? { text, revision, redacted } : null
    } catch {
      return { text: kept, revision: 0, redacted: "" } // of an earlier release: the words alone
    }
  }

  #forget() {
    localStorage.removeItem(this.key)
  }

  #restore() {
    const local = this.#local()
    if (local && local.redacted !== this.redacted) {
      // It may hold the very words that were taken out; the server's draft is without them.
      this.#forget()
      return this.#say(this.words.forgotten)
    }
    if (!local || local.text === this.#field.value) return this.#forget()
    const there = this.#field.value
    put(this.#field, local.text)
    if (local.revision === this.#revision() || !there) void this.#push.run(!there)
    else this.#moved({ revision: this.#revision(), text: there, words: this.words.moved })
  }

  #soon() {
    clearTimeout(this.#timer)
    clearTimeout(this.#later)
    this.#timer = window.setTimeout(() => this.#keepHere(), LOCAL_MS)
    this.#later = window.setTimeout(() => void this.#push.run(), SERVER_MS)
  }

  #stop() {
    clearTimeout(this.#timer)
    clearTimeout(this.#later)
    this.#push.letGo()
  }

  #keepHere() {
    localStorage.setItem(this.key, JSON.stringify({ text: this.#field.value, revision: this.#revision(), redacted: this.redacted }))
    this.#say(this.#field.value ? this.words.kept : "")
  }

  async #pushed(anyway: boolean) {
    if (!anyway && this.#slot("moved").childElementCount) return
    const text = this.#field.value
    try {
      const answer = await fetch(this.url, { method: "POST", body: this.#fields(anyway), credentials: "same-origin" })
      if (answer.status === 409) return this.#moved((await answer.json()) as Moved)
      if (!answer.ok) throw new Error(String(answer.status))
      this.form.dataset.revision = String(((await answer.json()) as { revision: number }).revision)
      this.#put()
      if (this.#field.value !== text) return
      this.#forget()
      this.#say(text ? this.words.keptThere : "")
    } catch {
      clearTimeout(this.#later)
      this.#later = window.setTimeout(() => void this.#push.run(), AGAIN_MS)
    }
  }

  #leave() {
    if (this.#local() === null && !this.#timer) return
    if (this.#field.value || this.#local()) this.#keepHere()
    if (!this.#slot("moved").childElementCount) navigator.sendBeacon(this.url, this.#fields(false))
  }

  #fields(anyway: boolean) {
    const fields = new FormData()
    const said = { csrfmiddlewaretoken: csrf(), kind: this.form.dataset.kind!, text: this.#field.value, revision: String(this.#revision()) }
    for (const [name, value] of Object.entries(said)) fields.set(name, value)
    if (anyway) fields.set("anyway", "1")
    return fields
  }

  #moved(there: Moved) {
    if (there.text === this.#field.value) {
      this.form.dataset.revision = String(there.revision)
      return this.#forget()
    }
    this.#keepHere()
    const notice = document.createElement("div")
    notice.className = "notice conflict"
    notice.role = "alert"
    notice.dataset.meaning = "waiting"
    const said = document.createElement("div")
    const words = document.createElement("p")
    words.textContent = there.words
    said.append(words)
    if (there.text) {
      const quote = document.createElement("blockquote")
      quote.textContent = there.text.length > 400 ? `${there.text.slice(0, 400)}…` : there.text
      said.append(quote)
    }
    said.append(
      this.#button(this.words.keepThese, () => void this.#push.run(true)),
      this.#button(this.words.useOther, () => {
        put(this.#field, there.text)
        this.form.dataset.revision = String(there.revision)
        this.#forget()
        this.#put()
        this.#say(there.text ? this.words.keptThere : "")
      }),
    )
    notice.append(said)
    this.#put(notice)
  }

  #button(label: string, act: () => void) {
    const button = document.createElement("button")
    button.type = "button"
    button.className = "button"
    button.dataset.size = "small"
    button.textContent = label
    button.addEventListener("click", () => {
      act()
      this.#field.focus()
    })
    return button
  }

  #put(...children: Node[]) {
    this.#slot("moved").replaceChildren(...children)
  }

  #say(words: string) {
    this.#slot("draft").textContent = words
  }

  #slot(name: string) {
    return this.form.querySelector<HTMLElement>(`[data-slot=${name}]`)!
  }
}
