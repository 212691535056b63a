import type { Category } from "./types.ts";

/** An everyday word a bank may be called, with ordinary apps that hold it whole or inside another word. */
export interface Ambiguous {
  word: string;
  whole: [string, Category][];
  inside: [string, Category][];
}

export const AMBIGUOUS: readonly Ambiguous[] = [
  {
    word: "Tern",
    whole: [["Tern Bird Guide", "education"]],
    inside: [
      ["Pattern Maker", "tools"],
      ["Lantern Torch", "tools"],
      ["Western Plains Savings", "finance"],
    ],
  },
  {
    word: "Wren",
    whole: [["Wren Song Sounds", "education"]],
    inside: [
      ["Wrench Sizes", "tools"],
      ["Lawrence Bus Times", "lifestyle"],
    ],
  },
  {
    word: "Reed",
    whole: [["Reed Instrument Tuner", "tools"]],
    inside: [
      ["Freedom Timer", "productivity"],
      ["Greedy Snake", "game"],
      ["Dog Breed Finder", "lifestyle"],
    ],
  },
  {
    word: "Lark",
    whole: [["Lark Bird Calls", "education"]],
    inside: [
      ["Clark Street Map", "lifestyle"],
      ["Larkspur Garden", "lifestyle"],
    ],
  },
  {
    word: "Cove",
    whole: [["Cove Beach Tides", "lifestyle"]],
    inside: [
      ["Discover Trails", "lifestyle"],
      ["Recover Photos", "tools"],
      ["Cover Letter Writer", "productivity"],
    ],
  },
  {
    word: "Dune",
    whole: [["Dune Buggy Racing", "game"]],
    inside: [
      ["Dunedin Bus", "lifestyle"],
      ["Duneland Hiking", "lifestyle"],
    ],
  },
  {
    word: "Fern",
    whole: [["Fern Plant Care", "lifestyle"]],
    inside: [
      ["Inferno Runner", "game"],
      ["Fernando Chess", "game"],
    ],
  },
  {
    word: "Kite",
    whole: [["Kite Flying Weather", "lifestyle"]],
    inside: [
      ["Kitesurf Wind", "lifestyle"],
      ["Kitemark Trainer", "education"],
    ],
  },
  {
    word: "Flint",
    whole: [["Flint Fire Starter", "game"]],
    inside: [
      ["Flintlock History", "education"],
      ["Skinflint Budget", "finance"],
    ],
  },
  {
    word: "Moss",
    whole: [["Moss Terrarium", "lifestyle"]],
    inside: [
      ["Blossom Match", "game"],
      ["Mossy Path Puzzle", "game"],
    ],
  },
  {
    word: "Alder",
    whole: [["Alder Tree Finder", "education"]],
    inside: [
      ["Balderdash Words", "game"],
      ["Alderman Minutes", "productivity"],
    ],
  },
  {
    word: "Ember",
    whole: [["Ember Fireplace Sounds", "lifestyle"]],
    inside: [
      ["Remember Lists", "productivity"],
      ["December Countdown", "lifestyle"],
      ["Member Card Holder", "finance"],
    ],
  },
  {
    word: "Heron",
    whole: [["Heron Watch Diary", "education"]],
    inside: [
      ["Heroncroft Rugby", "lifestyle"],
      ["Sheronda Recipes", "lifestyle"],
    ],
  },
  {
    word: "Otter",
    whole: [["Otter Webcam Live", "lifestyle"]],
    inside: [
      ["Potter Wheel", "game"],
      ["Lottery Numbers", "lifestyle"],
    ],
  },
  {
    word: "Slate",
    whole: [["Slate Writing Board", "education"]],
    inside: [
      ["Translate Plus", "tools"],
      ["Legislate Quiz", "education"],
    ],
  },
  {
    word: "Plum",
    whole: [["Plum Jam Recipes", "lifestyle"]],
    inside: [
      ["Plumber Jobs", "productivity"],
      ["Plume Drawing", "tools"],
    ],
  },
  {
    word: "Quill",
    whole: [["Quill Note Journal", "productivity"]],
    inside: [
      ["Tranquillity Sleep", "lifestyle"],
      ["Quilling Paper Art", "lifestyle"],
    ],
  },
  {
    word: "Pike",
    whole: [["Pike Fishing Spots", "lifestyle"]],
    inside: [
      ["Spike Volley", "game"],
      ["Turnpike Tolls", "tools"],
    ],
  },
  {
    word: "Hare",
    whole: [["Hare and Tortoise Tales", "education"]],
    inside: [
      ["Share Files Fast", "tools"],
      ["Hareton School", "education"],
    ],
  },
  {
    word: "Rook",
    whole: [["Rook Endgame Trainer", "game"]],
    inside: [
      ["Brook Fishing Log", "lifestyle"],
      ["Crooked Path", "game"],
    ],
  },
  {
    word: "Pine",
    whole: [["Pine Cone Craft", "lifestyle"]],
    inside: [
      ["Spine Posture", "lifestyle"],
      ["Pineapple Recipes", "lifestyle"],
    ],
  },
  {
    word: "Elm",
    whole: [["Elm Disease Survey", "education"]],
    inside: [
      ["Helmet Visor Timer", "tools"],
      ["Film Elmwood", "lifestyle"],
    ],
  },
  {
    word: "Crane",
    whole: [["Crane Operator Signals", "education"]],
    inside: [
      ["Cranes and Diggers", "game"],
      ["Cranebrook Pool", "lifestyle"],
    ],
  },
  {
    word: "Drift",
    whole: [["Drift Car Arena", "game"]],
    inside: [
      ["Driftwood Ideas", "lifestyle"],
      ["Adrift at Sea", "game"],
    ],
  },
];
