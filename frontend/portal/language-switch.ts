/* Reads the other language's page ahead when its link is pointed at, so that the switch is instant.
 * Without it the link inside is an ordinary link.
 *   <language-switch>  holds links with hreflang
 */
export class LanguageSwitch extends HTMLElement {
  #leaving = new AbortController()

  connectedCallback() {
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    for (const sign of ["pointerover", "focusin", "touchstart"])
      this.addEventListener(sign, this.#ahead, { signal, passive: true })
  }

  disconnectedCallback() {
    this.#leaving.abort()
  }

  #ahead = ({ target }: Event) => {
    const link = (target as Element).closest<HTMLAnchorElement>("a[hreflang]")
    if (!link) return
    const hint = document.createElement("link")
    hint.rel = "prefetch"
    hint.href = link.href
    document.head.append(hint)
    this.#leaving.abort()
  }
}
customElements.define("language-switch", LanguageSwitch)
