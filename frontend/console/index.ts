/* Everything a console page may hold. */
import "./draft-keeper.ts"
