//! E0601 to E0609: images, and what the system refuses.

use super::{Cause, Page};

pub(super) const PAGES: &[Page] = &[
    Page {
        code: "E0601",
        cause: Cause::System { may_pass: false },
        title: "The image cannot be written",
        why: "The system will not let it be written there: no permission, a file in the way, a disk that is read-only.",
        example: "worldc build spec --out /readonly",
        way_out: "Choose another folder with `--out`.",
    },
    Page {
        code: "E0602",
        cause: Cause::System { may_pass: false },
        title: "A file cannot be read",
        why: "The system refused to read it.",
        example: "worldc show image",
        way_out: "Look at its rights and at the disk.",
    },
    Page {
        code: "E0603",
        cause: Cause::Input,
        title: "Something is there already",
        why: "A build never overwrites what it did not make itself without being told.",
        example: "worldc build spec --out existing",
        way_out: "Say `--force` to replace an image, or choose another folder with `--out`. What is no image is never replaced.",
    },
    Page {
        code: "E0604",
        cause: Cause::Damage,
        title: "Not a world image",
        why: "An image is a folder that `worldc build` wrote, with its `manifest.json`.",
        example: "worldc show Documents",
        way_out: "Name the folder of an image.",
    },
    Page {
        code: "E0605",
        cause: Cause::Damage,
        title: "A damaged image",
        why: "A file is missing, new or changed: its hash is not the one in `manifest.json`.",
        example: "worldc verify image",
        way_out: "Build it again; the same spec and seed give the same bytes.",
    },
    Page {
        code: "E0606",
        cause: Cause::Input,
        title: "The image has no such thing",
        why: "No file, fact or place has this name.",
        example: "worldc why image nothing.docx",
        way_out: "List what there is with `worldc show image`.",
    },
    Page {
        code: "E0607",
        cause: Cause::Input,
        title: "A path that must not be written",
        why: "It would leave the image's folder, or cannot exist on every system.",
        example: "a drawn folder called `..`",
        way_out: "Correct the name in the spec.",
    },
    Page {
        code: "E0608",
        cause: Cause::Input,
        title: "A document that cannot be made",
        why: "The format cannot hold this content; the message says why.",
        example: "a sheet with more than 1,048,576 rows",
        way_out: "Make it smaller, or choose another format.",
    },
    Page {
        code: "E0609",
        cause: Cause::System { may_pass: true },
        title: "The system cannot do it now",
        why: "The disk or a quota is full, a device failed, or too many files are open: what was asked is not wrong, and the exit code is 75.",
        example: "worldc build spec --seeds 1..9 --out /full",
        way_out: "Make room if there is none, then try again; a fleet keeps what is whole.",
    },
];
