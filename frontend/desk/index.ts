/* Everything a page of the desk may hold. */
import "../ui/theme-switch.ts"
import "./desk-shortcuts.ts"
import "./desk-list.ts"
import "./desk-conversation.ts"
import "./desk-composer.ts"
import "./countdown.ts"
import "./desk-suggestions.ts"
import "./mail-frame.ts"
