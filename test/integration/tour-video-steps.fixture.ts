import { makePhotoClip } from "./material.fixture.js";
import type { TourStep } from "./tour-step.fixture.js";

const registerVideo = `mutation Register($input: RegisterVideoInput!) {
  registerVideo(input: $input) {
    video {
      id
      status
    }
    userErrors {
      code
      message
      field
    }
  }
}`;

const journey = ["locomotion-house-cat", "black-canyon", "nagasaki-boats", "allium-oreophilum"] as const;
const harbour = ["nagasaki-boats", "march-pastoral", "airplane-from-above"] as const;

/** Two videos, from their files to their frames. */
export const videoSteps: readonly TourStep[] = [
  {
    text: "A video is uploaded first: bytes go over plain HTTP.",
    ask: { kind: "upload", file: "journey.mp4", type: "video/mp4", bytes: () => makePhotoClip(...journey) },
    learn: { journey: "uploadId" },
  },
  {
    text: "Then it is registered under the platform's own id. Its frames are found in the background.",
    ask: {
      kind: "graphql",
      query: registerVideo,
      variables: (learnt) => ({
        input: { id: "journey", title: "A journey", category: "travel", source: { uploadId: learnt.get("journey") } },
      }),
    },
  },
  {
    text: "A second video, so that there is a page of them.",
    ask: { kind: "upload", file: "harbour.mp4", type: "video/mp4", bytes: () => makePhotoClip(...harbour) },
    learn: { harbour: "uploadId" },
  },
  {
    text: "It carries facts of the platform's own.",
    ask: {
      kind: "graphql",
      query: registerVideo,
      variables: (learnt) => ({
        input: { id: "harbour", metadata: { season: 2 }, source: { uploadId: learnt.get("harbour") } },
      }),
    },
  },
  {
    text: "`ingest` says where each stands. Some seconds later:",
    ask: {
      kind: "wait",
      query: `{
  videos(first: 2, status: READY) {
    nodes {
      id
      status
      ingest {
        stage
        progress
        attempts
      }
    }
  }
}`,
      until: '"journey".*"harbour"|"harbour".*"journey"',
    },
  },
];
