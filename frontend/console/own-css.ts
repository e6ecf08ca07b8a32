/* Values of one's own CSS that a browser passes over in silence, told by the browser itself, which alone knows them all.
 *   <own-css data-declared='[[3, "width", "10pxx"]]' data-words="Line {line}: … {said} …">
 *     data-declared  line, property and value of each declaration that is kept
 *     <template>     the notice, whose one paragraph is written for each of them that is not understood
 */
const TOLD_MOST = 8
const LETTERS_MOST = 80

export class OwnCss extends HTMLElement {
  connectedCallback() {
    const declared = JSON.parse(this.dataset.declared ?? "[]") as [number, string, string][]
    const passedOver = declared.filter(([, property, value]) => !CSS.supports(property, value))
    if (passedOver.length && !this.querySelector(".notice")) this.#tell(passedOver.slice(0, TOLD_MOST))
  }

  #tell(passedOver: [number, string, string][]) {
    const notice = this.querySelector("template")!.content.cloneNode(true) as DocumentFragment
    const line = notice.querySelector("p")!
    line.replaceWith(
      ...passedOver.map(([at, property, value]) => {
        const told = line.cloneNode() as HTMLElement
        const said = `${property}: ${value}`.slice(0, LETTERS_MOST)
        told.textContent = (this.dataset.words ?? "").replace("{line}", `${at}`).replace("{said}", () => said)
        return told
      }),
    )
    this.append(notice)
  }
}

customElements.define("own-css", OwnCss)
