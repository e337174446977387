//! E0610 to E0620: fleets.

use super::Page;

pub(super) const PAGES: &[Page] = &[
    Page {
        code: "E0610",
        title: "A world that comes out otherwise",
        why: "A world of a fleet was to be made again, and what came out is not what its row says: the row was changed, or another build of the compiler made it.",
        example: "worldc build hello.world --seeds 1..9 --out f   # with a row that an editor changed",
        way_out: "Build into a new folder and compare with `worldc fleet diff`, or take what comes out now with --repair.",
    },
    Page {
        code: "E0611",
        title: "The folder is no fleet",
        why: "A fleet has a folder of its own, with its recipe in fleet.json; nothing else is written over.",
        example: "worldc build hello.world --seeds 1..9 --out Documents",
        way_out: "Give a new folder.",
    },
    Page {
        code: "E0612",
        title: "The folder holds another fleet",
        why: "It was begun with another compiler, other specs, seeds, knobs, another salt, or in another number of shards.",
        example: "worldc build hello.world --seeds 1..9 --out f   # where 1..5 stand",
        way_out: "Give a new folder, or ask for the fleet that stands there.",
    },
    Page {
        code: "E0613",
        title: "The fleet is damaged",
        why: "A record of the fleet cannot be read, or does not say what is there.",
        example: "worldc fleet verify f   # with a row that an editor changed",
        way_out: "Make the index again with `worldc fleet merge`; or build once more into the same folder, with --repair if that is refused: what is whole is kept.",
    },
    Page {
        code: "E0614",
        title: "The fleet is not complete",
        why: "Some shard has not made its worlds yet, or the shards were not merged.",
        example: "worldc fleet merge f",
        way_out: "Run the shards that are left, then merge.",
    },
    Page {
        code: "E0615",
        title: "Hardly any seed makes a world",
        why: "A thousand seeds in a row were rejected, so that no more are tried; or all seeds of a fleet were, for what is wrong with the spec rather than with them.",
        example: "require amount > 1_000_000   # drawn around 10",
        way_out: "Ask `worldc seeds` why, and loosen what they fail on.",
    },
    Page {
        code: "E0616",
        title: "A packed shard is damaged",
        why: "A world does not come out of its shard as it went in: a byte of the file changed, or its end is missing.",
        example: "worldc fleet verify f   # after a copy that broke off",
        way_out: "Take the shard from a copy; or give --repair to `worldc build`, which makes that world and those behind it again.",
    },
    Page {
        code: "E0617",
        title: "A world cannot be packed",
        why: "The library that packs says no, or this program was built without it.",
        example: "worldc build hello.world --seeds 1..9 --pack shard   # built with --no-default-features",
        way_out: "Keep the fleet as folders, or take a worldc that has the feature `pack`.",
    },
    Page {
        code: "E0618",
        title: "A shard in use",
        why: "One process at a time makes a shard, so that its rows stand in order.",
        example: "the same `worldc build --shard 0/8` in two terminals",
        way_out: "Wait until the other one ends, or make another shard.",
    },
    Page {
        code: "E0619",
        title: "Another compiler's fleet",
        why: "Its worlds were made by another version or edition, which may make the same seeds otherwise.",
        example: "worldc fleet verify f --spec hello.world   # after an update",
        way_out: "Take the compiler that made it; or make the seeds again elsewhere and compare with `worldc fleet diff`.",
    },
    Page {
        code: "E0620",
        title: "The fleet has no such world",
        why: "No row of a built world has this name, or there is none at all; a rejected seed has a row, but no world.",
        example: "worldc fleet take f hello@99   # of seeds 1..9",
        way_out: "Ask for one that `worldc fleet sample` names.",
    },
];
