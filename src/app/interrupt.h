// Ctrl+C and SIGTERM: asked for politely between steps, so that nothing half done is left.
#pragma once

namespace faceveil {

// From now on the first SIGINT or SIGTERM only sets the flag; a second one ends the process at
// once.
void catch_interrupts();

bool interrupted();

}  // namespace faceveil
