/* What a person did lately, beside their conversation. Without it a link leads to all of it.
 *   <desk-recent data-from>  holds [data-slot=found], filled from data-from once the page stands
 */
import { fill } from "./filled.ts"

export class DeskRecent extends HTMLElement {
  connectedCallback() {
    void fill(this)
  }
}
customElements.define("desk-recent", DeskRecent)
