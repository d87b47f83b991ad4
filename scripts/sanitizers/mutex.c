/* Tells the thread sanitizer what Swift's `Mutex` orders where it has to wait.

   The way without waiting is compiled into the program, whose atomic operations the sanitizer sees; this one is in
   libswiftSynchronization.so, where it sees none, and would report all that a mutex guards. Linked into the programs, so
   that these functions are called in the place of the library's. */

#include <dlfcn.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void __tsan_acquire(void *address);
void __tsan_release(void *address);

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context)) void *mutex

/* Of Synchronization._MutexHandle: _lockSlow(_: UInt32), _tryLockSlow() -> Bool and _unlockSlow(). */
#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define TRY_LOCK "$s15Synchronization12_MutexHandleV12_tryLockSlowSbyF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

SWIFT void lock_slowly(uint32_t thread, SELF) __asm__(LOCK);
SWIFT bool try_lock_slowly(SELF) __asm__(TRY_LOCK);
SWIFT void unlock_slowly(SELF) __asm__(UNLOCK);

SWIFT void lock_slowly(uint32_t thread, SELF) {
    SWIFT void (*library)(uint32_t, SELF) = dlsym(RTLD_NEXT, LOCK);
    library(thread, mutex);
    __tsan_acquire(mutex);
}

SWIFT bool try_lock_slowly(SELF) {
    SWIFT bool (*library)(SELF) = dlsym(RTLD_NEXT, TRY_LOCK);
    bool is_locked = library(mutex);
    if (is_locked) __tsan_acquire(mutex);
    return is_locked;
}

SWIFT void unlock_slowly(SELF) {
    SWIFT void (*library)(SELF) = dlsym(RTLD_NEXT, UNLOCK);
    /* Before: afterwards the mutex may be another's, or gone. */
    __tsan_release(mutex);
    library(mutex);
}
