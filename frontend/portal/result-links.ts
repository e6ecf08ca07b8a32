/* Remembers, in this tab alone, which question's results were left for which article, so that the article's page can say
 * where its reader came from. Without it nothing is missing but that count.
 *   <result-links data-ask="key" data-question="…">  anywhere on a page of results; data-ask is empty for none
 */
import { answered, opened } from "../ui/tried.ts"

export class ResultLinks extends HTMLElement {
  #leaving = new AbortController()

  connectedCallback() {
    if (!this.dataset.ask) return
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    answered(this.dataset.question ?? "", this.dataset.ask)
    document.addEventListener("click", this.#left, { signal })
    document.addEventListener("auxclick", this.#left, { signal })
  }

  disconnectedCallback() {
    this.#leaving.abort()
  }

  #left = ({ target }: Event) => {
    const link = (target as Element).closest<HTMLAnchorElement>(".results a")
    const article = link && /\/articles\/(\d+)/.exec(new URL(link.href).pathname)
    if (article) opened(Number(article[1]))
  }
}
customElements.define("result-links", ResultLinks)
