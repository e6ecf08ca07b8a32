/* One draft of the composer: in this browser at once, on the server a moment later. What another window or a colleague
 * wrote meanwhile is never written over: both are offered.
 *   form[data-kind][data-revision] with a textarea, [data-slot=draft] and [data-slot=moved]; data-begun where the server holds
 *   one that may have no words, and data-kept-too at the fields that are kept with them (beside-words.ts)
 */
import { h } from "../ui/dom.ts"
import { type Fields, fitting, isSame, isTyped, put as putBeside, read, watch } from "./beside-words.ts"
import { conflict, wayOut } from "./conflict.ts"
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
  said?: Fields
  words: string
}

interface Local {
  text: string
  said?: Fields
  revision: number
  redacted: string
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
    watch(form, () => this.#soon(), signal)
    window.addEventListener("pagehide", () => this.#leave(), { signal })
    window.addEventListener("online", () => this.#local() !== null && void this.#push.run(), { signal })
    signal.addEventListener("abort", () => this.#stop())
    if (!isReturned) this.#restore()
  }

  /* What was written has been sent; `revision` is what the server has now. */
  sent(revision: string | undefined) {
    this.#stop()
    this.#timer = 0 // nothing is to be kept when the page is left: addresses may still stand in it
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

  #local(): Local | null {
    const kept = localStorage.getItem(this.key)
    if (kept === null) return null
    try {
      const { text, said, revision, redacted = "" } = JSON.parse(kept) as Partial<Local> & Pick<Local, "text" | "revision">
      return typeof text === "string" ? { text, said, revision, redacted } : null
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
    if (!local || this.#holds(local)) return this.#forget()
    const there = { text: this.#field.value, said: read(this.form) }
    const isNothing = !there.text && this.form.dataset.begun === undefined
    this.#show(local)
    if (local.revision === this.#revision() || isNothing) void this.#push.run(isNothing)
    else this.#moved({ ...there, revision: this.#revision(), words: this.words.moved })
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
    const local: Local = { text: this.#field.value, said: read(this.form), revision: this.#revision(), redacted: this.redacted }
    localStorage.setItem(this.key, JSON.stringify(local))
    this.#say(this.#saysSomething() ? this.words.kept : "")
  }

  async #pushed(anyway: boolean) {
    if (!anyway && this.#slot("moved").childElementCount) return
    const sent = { text: this.#field.value, said: read(this.form) }
    try {
      const answer = await fetch(this.url, { method: "POST", body: this.#fields(anyway) })
      if (answer.status === 409) return this.#moved((await answer.json()) as Moved)
      if (!answer.ok) throw new Error(String(answer.status))
      this.form.dataset.revision = String(((await answer.json()) as { revision: number }).revision)
      this.#put()
      if (!this.#holds(sent)) return
      this.#forget()
      this.#say(this.#saysSomething() ? this.words.keptThere : "")
    } catch {
      clearTimeout(this.#later)
      this.#later = window.setTimeout(() => void this.#push.run(), AGAIN_MS)
    }
  }

  #leave() {
    if (this.#local() === null && !this.#timer) return
    if (this.#saysSomething() || this.#local()) this.#keepHere()
    if (!this.#slot("moved").childElementCount) navigator.sendBeacon(this.url, this.#fields(false))
  }

  #fields(anyway: boolean) {
    const fields = new FormData()
    const said = { csrfmiddlewaretoken: csrf(), kind: this.form.dataset.kind!, text: this.#field.value, revision: String(this.#revision()) }
    for (const [name, value] of Object.entries(said)) fields.set(name, value)
    for (const [name, values] of Object.entries(read(this.form))) for (const value of values) fields.append(name, value)
    if (anyway) fields.set("anyway", "1")
    return fields
  }

  /* Whether the form holds what `there` says already. */
  #holds(there: { text: string; said?: Fields }) {
    return there.text === this.#field.value && isSame(fitting(this.form, there.said ?? {}), read(this.form))
  }

  #show(there: { text: string; said?: Fields }) {
    put(this.#field, there.text)
    putBeside(this.form, fitting(this.form, there.said ?? {}))
  }

  #saysSomething() {
    return this.#field.value !== "" || isTyped(this.form)
  }

  /* Addresses and subject where they differ from what stands here, and the words. */
  #gist(there: Moved) {
    const here = read(this.form)
    const heads = ["to", "subject"].flatMap((name) => (there.said?.[name] ?? []).filter((each) => each && each !== here[name]?.[0]))
    return [...heads, there.text].filter(Boolean).join("\n")
  }

  #moved(there: Moved) {
    if (this.#holds(there)) {
      this.form.dataset.revision = String(there.revision)
      return this.#forget()
    }
    this.#keepHere()
    const gist = this.#gist(there)
    const keep = () => {
      void this.#push.run(true)
      this.#field.focus()
    }
    const use = () => {
      this.#show(there)
      this.form.dataset.revision = String(there.revision)
      this.#forget()
      this.#put()
      this.#say(this.#saysSomething() ? this.words.keptThere : "")
      this.#field.focus()
    }
    this.#put(
      conflict(
        h("p", {}, there.words),
        gist && h("blockquote", {}, gist.length > 400 ? `${gist.slice(0, 400)}…` : gist),
        wayOut(this.words.keepThese, keep),
        wayOut(this.words.useOther, use),
      ),
    )
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
