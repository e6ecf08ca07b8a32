/* What the writer of a reply has seen, in the form's fields: seen and seen_change say what stood there when the reply was
 * begun, read which words stood in view since. What arrives under an empty field is seen; the server says what counts.
 */
import { h } from "../ui/dom.ts"

const IN_VIEW_MS = 1_000

export class Seen {
  #form: HTMLFormElement | null
  #list: HTMLElement
  #unread = new Set<Element>()
  #waits = new Map<Element, number>()
  #watch: IntersectionObserver

  constructor(host: HTMLElement, signal: AbortSignal) {
    this.#form = host.querySelector(".composer-form[data-kind=reply]")
    this.#list = host.querySelector(".entries")!
    this.#watch = new IntersectionObserver((changes) => changes.forEach((change) => this.#looked(change)), { threshold: 0.5 })
    this.#form?.addEventListener("input", () => this.#begun() || this.all(), { signal })
    document.addEventListener("visibilitychange", () => this.#again(), { signal })
    signal.addEventListener("abort", () => this.#stop())
  }

  /* What stands there now is there: everything is seen before the first letter, or once it was shown to be asked about. */
  drawn(arrived: HTMLElement[], wasShown: boolean) {
    if (wasShown || !this.#begun()) return this.all()
    for (const each of arrived) if (each.dataset.from === "them") this.#unread.add(each)
    this.#again()
  }

  all() {
    this.#stop()
    this.#put("seen", this.#list.dataset.last)
    this.#put("seen_change", this.#list.dataset.lastChange)
    this.#form?.querySelectorAll("[name=read]").forEach((each) => each.remove())
  }

  #begun(): boolean {
    return [...(this.#form?.querySelectorAll("textarea") ?? [])].some((field) => field.value.trim() !== "")
  }

  #looked({ target, isIntersecting }: IntersectionObserverEntry) {
    clearTimeout(this.#waits.get(target))
    this.#waits.delete(target)
    if (isIntersecting && !document.hidden) this.#waits.set(target, window.setTimeout(() => this.#read(target as HTMLElement), IN_VIEW_MS))
  }

  #read(entry: HTMLElement) {
    this.#watch.unobserve(entry)
    this.#unread.delete(entry)
    this.#form?.append(h("input", { type: "hidden", name: "read", value: entry.dataset.seq }))
  }

  /* A window nobody looks at shows nothing; back in front, the second begins anew. */
  #again() {
    for (const entry of this.#unread) {
      this.#watch.unobserve(entry)
      this.#watch.observe(entry)
    }
  }

  #stop() {
    for (const wait of this.#waits.values()) clearTimeout(wait)
    this.#waits.clear()
    this.#unread.clear()
    this.#watch.disconnect()
  }

  #put(name: string, value: string | undefined) {
    const field = this.#form?.querySelector<HTMLInputElement>(`input[name=${name}]`)
    if (field) field.value = value ?? field.value
  }
}
