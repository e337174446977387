//! E0621 to E0640: runs.

use super::Page;

pub(super) const PAGES: &[Page] = &[
    Page {
        code: "E0621",
        title: "A run stands there already",
        why: "A run is never written over another one.",
        example: "worldrun run march --out run-1   # twice",
        way_out: "Resume it, or give another folder.",
    },
    Page {
        code: "E0622",
        title: "A run in use",
        why: "One process at a time writes a run; the order of its calls is the order of the month.",
        example: "two terminals with `worldrun resume run-1`",
        way_out: "Wait until the other one ends.",
    },
    Page {
        code: "E0623",
        title: "A changed journal",
        why: "Each line of a journal is hashed together with the line before, and one of them does not fit.",
        example: "a journal.jsonl that an editor saved again",
        way_out: "Take the run from a copy. A torn last line is mended by itself.",
    },
    Page {
        code: "E0624",
        title: "A journal of another world or another edition",
        why: "A journal can be lived again only on its own image and under its own rules.",
        example: "worldrun replay run-1 --image another",
        way_out: "Use the image whose root stands in the header, and the program that wrote it.",
    },
    Page {
        code: "E0625",
        title: "A replay that differs",
        why: "The same calls gave another answer or another state than the journal holds.",
        example: "a blob of the run that was changed",
        way_out: "Verify the image, and take the run's blobs from a copy.",
    },
    Page {
        code: "E0626",
        title: "A turn that a run does not have",
        why: "A fork begins behind a turn of the run it comes from.",
        example: "worldrun fork run-1 --at 9000 --out run-2   # of a run with 200 turns",
        way_out: "`worldrun show --turns` lists the turns.",
    },
    Page {
        code: "E0627",
        title: "A changed blob",
        why: "Long answers and files of a run stand in blobs, each named by the hash of its bytes; one of them has other bytes.",
        example: "a file below run-1/blobs that an editor saved again",
        way_out: "Take the run from a copy.",
    },
    Page {
        code: "E0628",
        title: "An invalid run",
        why: "Every sealed record holds a word that stands nowhere else. It came up in a call, in an answer or in a file of the agent, so that she may know what she should have found out. Such a run is not graded.",
        example: "an agent that read image/sealed/facts.json and wrote it into a note",
        way_out: "Keep the image where the agent cannot read it, and live another run.",
    },
    Page {
        code: "E0629",
        title: "A judge's file that does not fit",
        why: "A file of rubric scores names the journal it is about and scores lines that the world has, each once, from 0 to 1.",
        example: "worldrun grade run-1 --image march --judged scores.json   # of another run",
        way_out: "Take the lines from `worldrun grade run-1 --image march --json`.",
    },
    Page {
        code: "E0630",
        title: "No run",
        why: "A run is a folder with a journal.jsonl. One that was killed before it began, such as a run from a spec whose world was still being made, has none yet; nothing of it is lost but its first answer.",
        example: "worldrun resume run-1 --image march --agent idle   # where run-1 was never begun",
        way_out: "Begin it by `worldrun run`, or give the folder of another run.",
    },
    Page {
        code: "E0640",
        title: "A first answer that does not hold",
        why: "A run from a spec answers its first call from the outline of the world, while the world is still made. The whole world would have answered otherwise, which is a bug of the program; the run has not begun.",
        example: "worldrun run march.world --seed 7 --agent mcp --out run-1",
        way_out: "Build the image with `worldc build` and run on it; and please report the spec and the call.",
    },
];
