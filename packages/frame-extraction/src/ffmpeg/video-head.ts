/** What a file's head tells, under ffprobe's names. */
export interface VideoHead {
  readonly streams: readonly StreamHead[];
  readonly format: {
    readonly format_name?: string | undefined;
    readonly start_time?: string | number | undefined;
    readonly duration?: string | number | undefined;
  };
}

export interface StreamHead {
  readonly index: number;
  readonly codec_type?: string | undefined;
  readonly codec_name?: string | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly sample_aspect_ratio?: string | undefined;
  readonly avg_frame_rate?: string | undefined;
  readonly r_frame_rate?: string | undefined;
  readonly color_space?: string | undefined;
  readonly duration?: string | number | undefined;
  readonly disposition?: { readonly attached_pic?: number | undefined } | undefined;
  readonly tags?: Readonly<Record<string, unknown>> | undefined;
  readonly side_data_list?: readonly { readonly rotation?: number | undefined }[] | undefined;
}
