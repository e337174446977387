//! The threads that work on a world.

use rayon::ThreadPoolBuilder;

/// Works in a pool of that many threads, 0 for one on each processor; where threads cannot be had, this one does the work.
/// Whoever is [`alone`] stays so: memory that a thread leaves behind is hardly used again.
pub(crate) fn within<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    let of_a_pool = rayon::current_thread_index().is_some();
    if of_a_pool && threads == 1 && rayon::current_num_threads() == 1 {
        return work();
    }
    match ThreadPoolBuilder::new().num_threads(threads).build() {
        // A thread of another pool would take up other work of its pool while it waits, such as another build, on top of
        // this one's stack: one that is of no pool waits in its place.
        Ok(pool) if of_a_pool => std::thread::scope(|scope| {
            let done = scope.spawn(|| pool.install(work)).join();
            done.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        }),
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}

/// Makes the thread, which has to be this program's own, a pool of one for as long as it lives: no other thread is asked.
pub(crate) fn alone<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    match ThreadPoolBuilder::new().num_threads(1).use_current_thread().build() {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}
