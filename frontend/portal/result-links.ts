/* Remembers, in this tab alone, which question's results were left for which article, so that the article's page can say
 * where its reader came from, and follows a result by its bare address, which memory answers. Without it the links carry
 * the question themselves.
 *   <result-links data-ask="key" data-question="…">  anywhere on a page of results; data-ask is empty for none
 */
import { answered, opened } from "../ui/tried.ts"

export class ResultLinks extends HTMLElement {
  #leaving = new AbortController()

  connectedCallback() {
    if (!this.dataset.question) return
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    answered(this.dataset.question, this.dataset.ask ?? "")
    document.addEventListener("click", this.#left, { signal })
    document.addEventListener("auxclick", this.#left, { signal })
  }

  disconnectedCallback() {
    this.#leaving.abort()
  }

  #left = (event: Event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>(".results a")
    const article = link && /\/articles\/(\d+)/.exec(new URL(link.href).pathname)
    if (!article) return
    opened(Number(article[1]))
    // Another tab has a memory of its own, so there the words go along.
    const { ctrlKey, metaKey, shiftKey, button } = event as MouseEvent
    if (!ctrlKey && !metaKey && !shiftKey && !button) link.href = bare(link.href)
  }
}

function bare(address: string): string {
  const url = new URL(address)
  for (const name of ["question", "ask"]) url.searchParams.delete(name)
  return url.href
}

customElements.define("result-links", ResultLinks)
