/* Everything a portal page may hold. */
import "../ui/theme-switch.ts"
import "../ui/rail.ts"
import "./answer-search.ts"
import "./step-ticks.ts"
import "./article-feedback.ts"
import "./article-reading.ts"
import "./copy-link.ts"
import "./language-switch.ts"
