/** Lets signals, timers and other observers of the process have their turn between two pieces of synchronous work. */
export function eventLoopTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
