//! What holds where a spec does not say otherwise [P7]. The table of forms tells authors the same.

use super::{Duration, Time};

/// When work begins, and the time of a date that stands where a moment is wanted.
pub(crate) const MORNING: Time = Time(9 * 3600);

/// The working hours of a person.
pub(crate) const HOURS: (Time, Time) = (MORNING, Time(17 * 3600 + 1800));

/// How long a person takes to answer.
pub(crate) const REPLIES: Duration = Duration(4 * 3600);
