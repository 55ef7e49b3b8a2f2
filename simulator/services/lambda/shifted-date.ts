/**
 * Makes `Date` show the simulator's time in this thread: the machine's plus the clock's offset. Timers and
 * `performance` still use the machine's time.
 */
export function shiftDate(offset: SharedArrayBuffer): void {
  const offsetMs = new Float64Array(offset);
  const MachineDate = Date;
  const machineNow = Date.now;
  const now = () => Math.floor(machineNow() + (offsetMs[0] ?? 0));
  MachineDate.now = now;

  const ShiftedDate: DateConstructor = new Proxy(MachineDate, {
    apply: () => new MachineDate(now()).toString(),
    construct(target, given: readonly unknown[], newTarget) {
      const isSubclass = newTarget !== ShiftedDate;
      const made: Date = Reflect.construct(
        target,
        given.length > 0 ? given : [now()],
        isSubclass ? newTarget : target,
      );
      return made;
    },
  });
  globalThis.Date = ShiftedDate;
}
