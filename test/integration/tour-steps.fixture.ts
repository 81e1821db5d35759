import { uploadPhoto, type TourStep } from "./tour-step.fixture.js";
import { videoSteps } from "./tour-video-steps.fixture.js";

const coverOf = (userId: string) => `{
  personalizedCover(videoId: "journey", userId: "${userId}") {
    basis
    reason
    frame {
      timestampMs
      image(width: 320) {
        url
        width
        height
      }
    }
  }
}`;

/** From an empty database to a page of covers with reasons, a pin, an export, and nothing again. */
export const tourSteps: readonly TourStep[] = [
  ...videoSteps,
  {
    text: "Nothing is known of Mira yet: her cover is the best picture by quality, and says so.",
    ask: { kind: "graphql", query: coverOf("mira") },
  },
  uploadPhoto("locomotion-house-cat", "left", "Mira hearts two pictures of cats' ways of walking …"),
  uploadPhoto("allium-oreophilum", "left", "… and one of flowers."),
  {
    text: "One call records many likes, each answered for by itself. The third is no upload, and costs the others nothing.",
    ask: {
      kind: "graphql",
      query: `mutation Likes($input: RecordLikedImagesInput!) {
  recordLikedImages(input: $input) {
    results {
      index
      likedImage {
        id
        likedAt
      }
      userErrors {
        code
        message
        field
      }
    }
    userErrors {
      code
    }
  }
}`,
      variables: (learnt) => ({
        input: {
          userId: "mira",
          images: [
            { source: { uploadId: learnt.get("locomotion-house-cat") }, likedAt: "2026-01-02T20:00:00Z" },
            { source: { uploadId: learnt.get("allium-oreophilum") }, likedAt: "2026-01-01T20:00:00Z" },
            { source: { uploadId: "nothing" } },
          ],
        },
      }),
    },
  },
  {
    text: "A page of covers for her in one call. `why` tells by how much the frame's probability would fall without each like. An id that is unknown stands in its place, and costs the page nothing.",
    ask: {
      kind: "graphql",
      query: `{
  personalizedCovers(userId: "mira", videoIds: ["journey", "harbour", "unknown"]) {
    __typename
    ... on PersonalizedCover {
      video {
        id
      }
      basis
      reason
      probability
      frame {
        id
        timestampMs
      }
      why {
        shot
        contributions {
          probabilityFall
          likedImage {
            likedAt
          }
        }
      }
    }
    ... on CoverProblem {
      videoId
      message
    }
  }
}`,
    },
    learn: { frame: "personalizedCovers.0.frame.id" },
  },
  {
    text: "The owner of the video has the last word: a pinned frame is the cover for everyone.",
    ask: {
      kind: "graphql",
      query: `mutation Pin($input: PinCoverInput!) {
  pinCover(input: $input) {
    video {
      id
      pinnedFrame {
        id
      }
    }
    userErrors {
      code
    }
  }
}`,
      variables: (learnt) => ({ input: { videoId: "journey", frameId: learnt.get("frame") } }),
    },
  },
  { text: "So it is for Noor, of whom nothing is known.", ask: { kind: "graphql", query: coverOf("noor") } },
  {
    text: "All that is kept of Mira can be handed out …",
    ask: {
      kind: "graphql",
      query: `{
  exportViewer(userId: "mira") {
    url
    likedImages
    decisions
  }
}`,
    },
    learn: { exportUrl: "exportViewer.url" },
  },
  {
    text: "… as one JSON document. Of the liked images' bytes the beginning is shown here.",
    ask: { kind: "get", url: "exportUrl" },
  },
  {
    text: "And all of it can be deleted.",
    ask: {
      kind: "graphql",
      query: `mutation {
  deleteViewer(input: { userId: "mira" }) {
    viewer {
      id
    }
    userErrors {
      code
    }
  }
}`,
    },
  },
  {
    text: "She is a newcomer again. The video goes in the same way.",
    ask: {
      kind: "graphql",
      query: `mutation {
  deleteVideo(input: { videoId: "journey" }) {
    video {
      id
    }
    userErrors {
      code
    }
  }
}`,
    },
  },
  {
    text: "Neither is there any more.",
    ask: {
      kind: "graphql",
      query: `{
  viewer(id: "mira") {
    id
  }
  video(id: "journey") {
    id
  }
}`,
    },
  },
];
